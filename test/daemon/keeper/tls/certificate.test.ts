import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openCertificate, readFingerprint } from "../../../../daemon/keeper/tls/certificate.ts";
import { ownNames } from "../../../../daemon/keeper/tls/names.ts";
import { tempFolder } from "../temp-folder.ts";

const wallMs = Date.UTC(2026, 10, 26);
const yearMs = 365.25 * 86_400_000;
const names = ["door", "door.local", "localhost", "127.0.0.1", "::1", "192.168.1.20"];

interface Wish {
  readonly names?: readonly string[];
  readonly wallMs?: number;
}

function open(folder: string, wish: Wish = {}) {
  const onNotKept = (): void => {
    throw new Error("not kept");
  };
  return openCertificate({ folder, names, wallMs, onNotKept, ...wish });
}

test("it carries every name and address, for ten years, and its own key", async () => {
  await using folder = await tempFolder();
  const { keyPem, certificatePem, fingerprint } = await open(folder.path);
  const certificate = new X509Certificate(certificatePem);
  for (const name of ["door", "door.local", "localhost"]) expect(certificate.checkHost(name)).toBe(name);
  for (const ip of ["127.0.0.1", "::1", "192.168.1.20"]) expect(certificate.checkIP(ip)).toBe(ip);
  expect(certificate.checkHost("other.local")).toBeUndefined();
  expect(Date.parse(certificate.validTo) - wallMs).toBeGreaterThan(9.9 * yearMs);
  expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  expect(fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
  expect(await readFingerprint(folder.path)).toBe(fingerprint);
  expect((await stat(`${folder.path}/key.pem`)).mode & 0o777).toBe(0o600);
});

test("it stays the same for as long as it covers what it must", async () => {
  await using folder = await tempFolder();
  const { fingerprint } = await open(folder.path);
  for (const wish of [{}, { names: ["door.local"] }, { wallMs: wallMs + 8.9 * yearMs }])
    expect((await open(folder.path, wish)).fingerprint).toBe(fingerprint);
});

test("a new address is added to those it had, with the same key", async () => {
  await using folder = await tempFolder();
  const first = await open(folder.path);
  const second = await open(folder.path, { names: [...names, "192.168.1.77"] });
  expect(second.fingerprint).not.toBe(first.fingerprint);
  expect(second.keyPem).toBe(first.keyPem);
  const back = await open(folder.path);
  expect(back.fingerprint).toBe(second.fingerprint);
});

test("a year before its end it is made anew", async () => {
  await using folder = await tempFolder();
  const { fingerprint } = await open(folder.path);
  const later = wallMs + 9.1 * yearMs;
  const renewed = await open(folder.path, { wallMs: later });
  expect(renewed.fingerprint).not.toBe(fingerprint);
  expect(Date.parse(new X509Certificate(renewed.certificatePem).validTo) - later).toBeGreaterThan(9 * yearMs);
});

test.each([
  ["in 1970", 0],
  ["ten years ahead", wallMs + 10 * yearMs],
])("made by a clock that is %s, it is valid for who looks at it now", async (_name, wrongMs) => {
  await using folder = await tempFolder();
  const { certificatePem } = await open(folder.path, { wallMs: wrongMs });
  const { validFrom, validTo } = new X509Certificate(certificatePem);
  expect(Date.parse(validFrom)).toBeLessThan(wallMs);
  expect(Date.parse(validTo)).toBeGreaterThan(wallMs + yearMs);
});

test.each(["key.pem", "certificate.pem"])("a broken %s is made anew", async (name) => {
  await using folder = await tempFolder();
  await open(folder.path);
  await writeFile(`${folder.path}/${name}`, "broken");
  const { certificatePem, keyPem } = await open(folder.path);
  expect(new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  expect(await readFile(`${folder.path}/${name}`, "utf8")).not.toBe("broken");
});

test("a folder that takes no file costs the next start its certificate, not this one", async () => {
  const told: string[] = [];
  const onNotKept = ({ message }: Error): void => void told.push(message);
  const { fingerprint } = await openCertificate({ folder: "/dev/null/tls", names, wallMs, onNotKept });
  expect(fingerprint).not.toBe("");
  expect(told).toEqual([expect.stringContaining("cannot keep the page's certificate")]);
});

test("this machine's names are those that a certificate can carry", () => {
  const own = ownNames("0.0.0.0");
  expect(own).toEqual(expect.arrayContaining(["localhost", "127.0.0.1", "::1"]));
  expect(own).not.toContain("0.0.0.0");
  expect(ownNames("door.example")).toContain("door.example");
});
