import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadSettings } from "../../config/load.ts";
import { version } from "../../daemon/wire/sill-version.ts";
import { stripped } from "../../scripts/package/elf.ts";
import { run } from "../../scripts/rigs/sill.ts";
import { buildDebs, debName, must } from "./packages.ts";

const folder = mkdtempSync(join(tmpdir(), "sill-debs-"));
const [one, two] = [join(folder, "one"), join(folder, "two")];
const native = process.arch === "arm64" ? "arm64" : "amd64";
const epoch = { SOURCE_DATE_EPOCH: "1700000000" };
const units = ["sill-keeper", "sill-eye", "sill-courier", "sill-rtsp"] as const;

let listing = "";
const unpacked = join(folder, "native");

beforeAll(async () => {
  const built = await buildDebs(one, [`--arch=${native}`], epoch);
  if (built.code !== 0) throw new Error(built.stderr);
  listing = await must(["dpkg-deb", "--contents", join(one, debName(native))]);
  await must(["dpkg-deb", "--extract", join(one, debName(native)), unpacked]);
}, 180_000);

afterAll(() => rm(folder, { recursive: true }));

test(
  "the same sources make the same bytes, whatever the hour, the umask and the time zone",
  { timeout: 180_000 },
  async () => {
    const mask = process.umask(0o077);
    const again = await buildDebs(two, [`--arch=${native}`], { ...epoch, TZ: "Pacific/Auckland" });
    process.umask(mask);
    expect(again.code, again.stderr).toBe(0);
    const hashes = [one, two].map((out) =>
      createHash("sha256")
        .update(readFileSync(join(out, debName(native))))
        .digest("hex"),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(again.stdout).toMatch(/: \d+\.\d MB, budget 120 MB; \d+\.\d MB installed\n$/u);
  },
);

test("an architecture that is none is refused with those that are", async () => {
  const { code, stderr } = await buildDebs(two, ["--arch=sparc"]);
  expect([code, stderr]).toEqual([1, "package: --arch is sparc; allowed: amd64, arm64\n"]);
});

test("everything belongs to root, nobody else may write, and no program has another's rights", () => {
  const lines = listing.trim().split("\n");
  expect(lines.filter((line) => !line.includes(" root/root "))).toEqual([]);
  expect(
    lines.filter((line) => !/^(?:[d-]rwx?r-xr-x|[d-]rw-r--r--|drwxr-xr-x|lrwxrwxrwx) /u.test(line)),
  ).toEqual([]);
});

test("one Node, one koffi, one WebRTC and one onnxruntime are inside, for this architecture, and neither tests nor sources", () => {
  const files = listing.split("\n").map((line) => line.split(/\s+/u)[5] ?? "");
  expect(files.filter((name) => name.endsWith("/bin/node"))).toEqual(["./usr/lib/sill/package/bin/node"]);
  expect(files.filter((name) => name.endsWith(".node"))).toHaveLength(3);
  expect(files.filter((name) => name.includes("/onnxruntime-node/bin/") && !name.endsWith("/"))).toEqual([
    expect.stringMatching(/\/linux\/(?:x64|arm64)\/libonnxruntime\.so\.1$/u),
    expect.stringMatching(/\/onnxruntime_binding\.node$/u),
  ]);
  expect(files.filter((name) => /adm-zip|global-agent|cuda|directml/iu.test(name))).toEqual([]);
  // documentation has examples
  const code = files.filter((name) => !name.startsWith("./usr/share/doc/"));
  expect(code.filter((name) => /\.(?:ts|cc|map)$|\/tests?\//u.test(name))).toEqual([]);
  const pictures = files.filter(
    (name) => name.startsWith("./usr/share/doc/") && /\.(?:svg|jpg|png)$/u.test(name),
  );
  expect(pictures).toEqual(["./usr/share/doc/sill/images/wiring.svg"]);
});

describe("the cage, as systemd-analyze security counts what is left open:", () => {
  const most = { "sill-eye": 0.6, "sill-keeper": 1.3, "sill-courier": 1.5, "sill-rtsp": 1.2 } as const;
  test.each(units)("%s", async (unit) => {
    const path = join(unpacked, "usr/lib/sill/package/systemd", `${unit}.service`);
    const said = await must(["systemd-analyze", "security", "--offline=true", "--no-pager", path]);
    const exposure = Number(/Overall exposure level for \S+: (\d+\.\d)/u.exec(said)?.[1] ?? "10");
    expect(exposure, said).toBeLessThanOrEqual(most[unit]);
  });

  test.each([
    ["sill-eye", "PrivateNetwork=yes"],
    ["sill-eye", "RestrictAddressFamilies=AF_UNIX"],
    ["sill-eye", "IPAddressDeny=any"],
    ["sill-courier", "InaccessiblePaths=/var/lib/sill "],
    ["sill-courier", "PrivateDevices=yes"],
    ["sill-rtsp", "InaccessiblePaths=/var/lib/sill "],
    ["sill-rtsp", "PrivateDevices=yes"],
    ...units.flatMap((unit) => [
      [unit, `User=${unit}`],
      [unit, "WatchdogSec=20"],
      [unit, "WatchdogSignal=SIGKILL\n"],
      [unit, "LimitCORE=0\n"],
      [unit, "MemoryMax="],
      [unit, "MemorySwapMax=0\n"],
      [unit, "CapabilityBoundingSet=\n"],
    ]),
  ])("%s says %s", (unit, line) => {
    const text = readFileSync(join(unpacked, "usr/lib/sill/package/systemd", `${unit}.service`), "utf8");
    expect(text).toContain(`\n${line}`);
  });
});

test("a kind of device whose module may not be loaded yet is waited for: the filter knows only those that are", () => {
  const text = readFileSync(join(unpacked, "usr/lib/sill/package/systemd/sill-eye.service"), "utf8");
  const builtIn = new Set(["dma_heap"]);
  const modules: Readonly<Record<string, string>> = { video4linux: "videodev", media: "mc" };
  const kinds = [...text.matchAll(/^DeviceAllow=char-(\w+) /gmu)].map(([, kind]) => kind ?? "");
  const waited = kinds.filter((kind) => !builtIn.has(kind)).map((kind) => modules[kind]);
  expect(waited).toEqual(["videodev", "mc"]);
  for (const word of ["Wants", "After"]) {
    const line = new RegExp(`^${word}=(modprobe.*)$`, "mu").exec(text)?.[1] ?? "";
    expect(line.split(" ").toSorted()).toEqual(waited.map((name) => `modprobe@${name}.service`).toSorted());
  }
});

test("the settings that it brings are settings, of real hardware and open to the home network", () => {
  const path = join(unpacked, "etc/sill/sill.yaml");
  const { settings } = loadSettings({ args: [`--config=${path}`], env: {}, cwd: folder });
  expect(settings).toMatchObject({
    data: "/var/lib/sill/house",
    memory: "/var/lib/sill/eye",
    run: "/run/sill",
    web: { host: "0.0.0.0" },
    camera: { driver: "gst" },
    button: { driver: "gpio" },
  });
});

test("systemd finds nothing wrong with the units", async () => {
  const paths = [...units, "sill-setup", "sill-gate"].map((unit) =>
    join(unpacked, "usr/lib/sill/package/systemd", `${unit}.service`),
  );
  const { stderr } = await run(["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", ...paths]);
  // the programs are not installed here
  const lines = stderr
    .split("\n")
    .filter((line) => line.includes("sill") && !line.includes("is not executable"));
  expect(lines).toEqual([]);
});

test("the stripped Node is a program that runs", async () => {
  const node = join(unpacked, "usr/lib/sill/package/bin/node");
  expect((await must([node, "--print", "process.versions.node"])).trim()).toMatch(/^24\./u);
  expect(statSync(node).size).toBeLessThan(statSync(process.execPath).size);
});

test("the model that comes with it runs in its own process, from the package alone", async () => {
  const app = join(unpacked, "usr/lib/sill/package");
  const line = [
    "models",
    "check",
    "sill",
    "--json",
    `--data=${join(folder, "nothing")}`,
    "--what.timeoutMs=60000",
  ];
  const said = await must([join(app, "bin/node"), join(app, "lib/sill/main.js"), ...line]);
  const { name, sha256 } = JSON.parse(said);
  const file = readFileSync(join(app, "models/shipped/sill-what.onnx"));
  expect([name, sha256]).toEqual(["sill-what", createHash("sha256").update(file).digest("hex")]);
});

test.each(["sill-eye", "sill-keeper"])(
  "a process that the kernel ends for its memory does not take %s with it",
  (unit) => {
    const text = readFileSync(join(unpacked, "usr/lib/sill/package/systemd", `${unit}.service`), "utf8");
    expect(text).toContain("\nOOMPolicy=continue\n");
  },
);

test("what hears the chime lies beside the rest, and starts", async () => {
  const ear = join(unpacked, "usr/lib/sill/package/lib/sill/ear.js");
  const { code, stderr } = await run([process.execPath, ear, "a wall"]);
  expect([code, JSON.parse(stderr)]).toEqual([
    1,
    { kind: "invalid", message: "unknown source of sound a wall" },
  ]);
});

test.each([
  ["nothing", new Uint8Array(0)],
  ["a script", new TextEncoder().encode(`#!/bin/sh\n${"#".repeat(80)}\n`)],
  [
    "a program for 32 bits",
    Uint8Array.from({ length: 80 }, (_, i) => [0x7f, 0x45, 0x4c, 0x46, 1, 1][i] ?? 0),
  ],
])("%s is not taken for a program", (_what, bytes) => {
  expect(() => stripped(bytes)).toThrow("not a program for a 64-bit little-endian machine");
});

test("the other architecture's contents run under emulation", { timeout: 240_000 }, async (context) => {
  const [arch, emulator] =
    native === "amd64" ? ["arm64", "qemu-aarch64-static"] : ["amd64", "qemu-x86_64-static"];
  const built = await buildDebs(one, [`--arch=${arch}`], epoch);
  if (built.stderr.includes("could not be fetched"))
    return context.skip(`SKIPPED: ${built.stderr.split("\n")[0]}`);
  expect(built.code, built.stderr).toBe(0);
  if (!existsSync(`/usr/bin/${emulator}`)) return context.skip(`SKIPPED: ${emulator} is not installed`);
  const system = ["/usr/aarch64-linux-gnu", "/usr/x86_64-linux-gnu"].find(existsSync);
  if (system === undefined)
    return context.skip("SKIPPED: the other architecture's C library is not installed");
  const foreign = join(folder, "foreign");
  await must(["dpkg-deb", "--extract", join(one, debName(arch ?? "")), foreign]);
  const app = join(foreign, "usr/lib/sill/package");
  const node = [emulator, "-L", system, join(app, "bin/node")].map((word) => word ?? "");
  const sill = (...args: string[]): Promise<string> =>
    must([...node, join(app, "lib/sill/main.js"), ...args]);
  const cpu = arch === "arm64" ? "arm64" : "x64";
  expect(JSON.parse(await sill("version", "--json"))).toMatchObject({
    sill: version,
    platform: `linux-${cpu}`,
  });
  expect(await sill("config", "check", "--data=/nonexistent")).not.toContain("problem");
  const pid = `console.log(require(${JSON.stringify(join(app, "node_modules/koffi"))}).load(null).func("int getpid()")() === process.pid)`;
  expect((await must([...node, "--eval", pid])).trim()).toBe("true");
});
