/** A certificate of the owner's own, for a name: shown to who asks for it, to nobody else. */
import { X509Certificate } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { makeCertificatePem, makeKeyPem } from "../../../../daemon/keeper/tls/make.ts";
import { NamedCertificate } from "../../../../daemon/keeper/tls/named.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { openBareDoor } from "../door.ts";
import { tempFolder } from "../temp-folder.ts";

const name = "door.example.org";
const dayMs = 86_400_000;

interface Files {
  readonly certificateFile: string;
  readonly keyFile: string;
}

async function write(folder: string, endsWallMs: number, key = makeKeyPem()): Promise<Files> {
  const plan = {
    names: [name],
    notBefore: new Date(endsWallMs - 90 * dayMs),
    notAfter: new Date(endsWallMs),
  };
  const files = { certificateFile: join(folder, "full.pem"), keyFile: join(folder, "key.pem") };
  await writeFile(files.certificateFile, await makeCertificatePem(key, plan));
  await writeFile(files.keyFile, key);
  return files;
}

/** Whose certificate, and what was answered; nothing is verified. */
function ask(port: number, host: string, servername: string) {
  return new Promise<{ shown: X509Certificate; status: number; body: string }>((resolve, reject) => {
    const call = request(
      {
        port,
        servername,
        host: "127.0.0.1",
        path: "/api/door",
        headers: { host },
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        const shown = new X509Certificate((response.socket as TLSSocket).getPeerCertificate(true).raw);
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve({ shown, status: response.statusCode ?? 0, body }));
      },
    );
    call.on("error", reject);
    call.end();
  });
}

test("who asks for its name is shown it; who comes otherwise gets the doorbell's own", async () => {
  await using folder = await tempFolder();
  const files = await write(folder.path, Date.now() + 60 * dayMs);
  await using door = await openBareDoor({ settings: { web: { host: "0.0.0.0", port: 0, ...files } } });
  const { port } = door.keeper;
  const named = await ask(port, `${name}:${port}`, name);
  expect([named.status, named.shown.checkHost(name)]).toEqual([200, name]);
  expect(JSON.parse(named.body)).toMatchObject({ certificate: null });
  const own = await ask(port, `localhost:${port}`, "localhost");
  expect([own.status, own.shown.checkHost(name)]).toEqual([200, undefined]);
  expect(JSON.parse(own.body)).toMatchObject({ certificate: own.shown.fingerprint256 });
  expect((await ask(port, `other.example.org:${port}`, "other.example.org")).status).toBe(403);
});

test("a renewed one counts within the hour, a broken one is told and the last good one stays", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  const files = await write(folder.path, clock.wallMs() + 60 * dayMs);
  using named = await NamedCertificate.open({ ...files, clock });
  const first = named.contextFor(name);
  expect([named.fault, first === null]).toEqual([null, false]);
  await write(folder.path, clock.wallMs() + 90 * dayMs);
  await named.look();
  const second = named.contextFor(name.toUpperCase());
  expect([named.fault, second === null, second === first]).toEqual([null, false, false]);
  await writeFile(files.keyFile, makeKeyPem());
  await named.look();
  expect(named.fault?.message).toBe("web.certificateFile and web.keyFile are no certificate with its key");
  expect(named.contextFor(name)).toBe(second);
});

test.each([
  [60, null],
  [6.5, "ends within 7 days"],
  [-1, "has ended"],
])("with %d days to go: %s", async (days, words) => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  const files = await write(folder.path, clock.wallMs() + days * dayMs);
  using named = await NamedCertificate.open({ ...files, clock });
  if (words === null) expect(named.fault).toBeNull();
  else expect(named.fault?.message).toContain(words);
});

test("files that are not there are told with their setting, and no name is its", async () => {
  const missing = { certificateFile: "/nonexistent/a", keyFile: "/nonexistent/b", clock: new SimClock() };
  using named = await NamedCertificate.open(missing);
  expect(named.fault).toMatchObject({
    kind: "not-found",
    message: "the file of web.certificateFile cannot be read",
  });
  expect([named.covers(name), named.covers("192.168.1.20")]).toEqual([false, false]);
});
