import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { expect, test } from "vitest";
import { parseIdentity } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import { clipFiles, clipFolder } from "../../../daemon/wire/paths.ts";
import { run } from "../../../scripts/rigs/sill.ts";
import { parseTrace, readTrace, traced, traceProblem } from "./disk-trace.ts";
import { startEye, type EyeProcess } from "./eye-process.ts";

const ring = { type: "record", event: "ring-0001", kind: "ring", wallMs: 0 } as const;
const sealedName = /^(?:init\.mp4|\d{6}\.m4s|thumb\.jpg)\.age$/u;
/** Below the data folder, and nowhere else: sealed pictures, levels of motion, and what the eye must remember. */
const allowed = [
  /^clips\/\d{4}-\d{2}-\d{2}\/[0-9a-z-]+\/(?:clip\.json|init\.mp4\.age|\d{6}\.m4s\.age|thumb\.jpg\.age)$/u,
  /^eye\/(?:trust|policy-seen)\.json$/u,
  /^eye\/guard\/[a-z0-9.-]+$/u,
  /^motion\/\d{4}-\d{2}-\d{2}\.sight$/u,
];

/** ".NAME.tmp" is what a file is called until it is whole. */
function finalName(path: string): string {
  return path.replace(/(?<=^|\/)\.([^/]+)\.tmp$/u, "$1");
}

async function clipOf(eye: EyeProcess): Promise<string> {
  const { clip, startWallMs } = await eye.hears("clip-opened");
  return clipFolder(eye.paths, clip, startWallMs);
}

async function openedClip(folder: string, eye: EyeProcess): Promise<Map<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => sealedName.test(name)).sort();
  const me = [parseIdentity(eye.paired.owner.sealIdentity)];
  const opened = names.map(
    async (name) => [name, Buffer.from(open(await readFile(join(folder, name)), me))] as const,
  );
  return new Map(await Promise.all(opened));
}

test("while it records, an eye writes sealed pictures and what it must remember, and nothing else anywhere", async (context) => {
  const problem = traceProblem();
  if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
  const data = await mkdtemp(join(tmpdir(), "sill-traced-"));
  const log = join(await mkdtemp(join(tmpdir(), "sill-trace-")), "calls");
  try {
    await using eye = await startEye({
      data,
      under: traced(log),
      flags: ["--recording.postRollMs=4000"],
      onArrived: (send) => send(ring),
    });
    const folder = await clipOf(eye);
    await eye.hears("clip-closed");
    await eye.stop();
    const { touched, written } = await readTrace(log);

    const paths = [...touched].map((path) => finalName(relative(data, path)));
    expect(paths.filter((path) => !allowed.some((name) => name.test(path)))).toEqual([]);
    const opened = await openedClip(folder, eye);
    expect([...opened.keys()]).toEqual(
      expect.arrayContaining([clipFiles.fragment(1), clipFiles.init, clipFiles.thumbnail]),
    );
    for (const [path, pieces] of written)
      if (sealedName.test(basename(finalName(path))))
        expect(pieces[0]?.toString("latin1")).toMatch(/^age-encryption\.org\/v1\n-> X25519 /u);
    const isWritten = (piece: Buffer): boolean =>
      [...written.values()].some((pieces) => pieces.some((each) => each.includes(piece)));
    for (const [name, plain] of opened) {
      const seen = written.get(join(folder, `.${name}.tmp`)) ?? [];
      expect(Buffer.concat(seen).includes(await readFile(join(folder, name)))).toBe(true);
      expect(piecesOf(plain).filter(isWritten)).toEqual([]);
    }
  } finally {
    await rm(data, { recursive: true });
    await rm(join(log, ".."), { recursive: true });
  }
});

/** Whoever writes 127 bytes of it in a row writes one of these. */
function piecesOf(plain: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(plain.length / 64) }, (_, i) => plain.subarray(i * 64, i * 64 + 64));
}

test("a trace shows what was written where, by whatever call, and leaves out what is no file", () => {
  const hex = (text: string): string => Buffer.from(text).toString("hex").replace(/../gu, "\\x$&");
  const trace = parseTrace(
    [
      `7 openat(AT_FDCWD<${hex("/home")}>, "${hex("/tmp/a")}", O_WRONLY|O_CREAT, 0600) = 3<${hex("/tmp/a")}>`,
      `7 openat(AT_FDCWD<${hex("/home")}>, "${hex("/etc/b")}", O_RDONLY) = 4<${hex("/etc/b")}>`,
      `8 write(3<${hex("/tmp/a")}>, "${hex("moof")}", 4 <unfinished ...>`,
      `9 writev(5<${hex("/tmp/c")}>, [{iov_base="${hex("JF")}", iov_len=2}, {iov_base="${hex("IF")}", iov_len=2}], 2) = 4`,
      `9 write(6<${hex("socket:[12]")}>, "${hex("live")}", 4) = 4`,
      `9 rename("${hex("/tmp/a")}", "${hex("/tmp/d")}") = 0`,
      `9 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 7<${hex("/tmp/e")}>, 0) = 0x7f00`,
      `9 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE, 7<${hex("/lib/f")}>, 0) = 0x7f00`,
      `9 creat("${hex("/tmp/g")}", 0600) = 8<${hex("/tmp/g")}>`,
    ].join("\n"),
  );
  expect([...trace.touched].sort()).toEqual(["/tmp/a", "/tmp/c", "/tmp/d", "/tmp/e", "/tmp/g"]);
  const text = (path: string): string => Buffer.concat(trace.written.get(path) ?? []).toString();
  expect([text("/tmp/a"), text("/tmp/c")]).toEqual(["moof", "JFIF"]);
});

test("killed while it records, an eye loses at most its open fragment: all before opens and plays", async () => {
  await using eye = await startEye({
    flags: ["--recording.postRollMs=60000"], // it records until it is killed
    onArrived: (send) => send(ring),
  });
  const folder = await clipOf(eye);
  const { startWallMs } = await eye.hears("clip-opened");
  const second = await eye.hears("clip-fragment", ({ index }) => index === 1);
  const lateMs = Math.max(0, Date.now() - (startWallMs + second.startMs + second.durationMs)); // of this machine
  await new Promise((resolve) => setTimeout(resolve, 900)); // real time: the next one is nearly due
  const killedWallMs = Date.now();
  eye.process.kill("SIGKILL");
  await eye.stop();
  const told = eye.told.flatMap((each) => (each.type === "clip-fragment" ? [each] : []));
  expect(Math.max(...told.map(({ durationMs }) => durationMs))).toBeLessThanOrEqual(1_500);
  const opened = await openedClip(folder, eye);
  const parts = [clipFiles.init, ...[...opened.keys()].filter((name) => name.includes(".m4s"))];
  const video = join(folder, "joined.mp4");
  await writeFile(video, Buffer.concat(parts.map((name) => opened.get(name) ?? Buffer.alloc(0))));
  const probe = "ffprobe -v error -select_streams v -show_entries frame=pts_time -of csv=p=0";
  const { code, stdout, stderr } = await run([...probe.split(" "), video]);
  expect([code, stderr]).toEqual([0, ""]);
  const lastFrameMs = Number.parseFloat(stdout.trim().split("\n").at(-1) ?? "") * 1_000;
  const coveredMs = lastFrameMs + 100; // of one frame
  expect(parts.length - 1).toBeGreaterThanOrEqual(told.length);
  // all but the fragment that was open, of which nobody was told
  const toldMs = Math.max(...told.map(({ startMs, durationMs }) => startMs + durationMs));
  expect(coveredMs).toBeGreaterThan(toldMs - 100);
  // and that one is no longer than an open fragment, and what camera, encoder and disk are behind on a machine like this
  expect(killedWallMs - startWallMs - coveredMs).toBeLessThan(1_500 + 2 * lateMs + 4_000);
  expect((await stat(join(folder, clipFiles.manifest))).size).toBeGreaterThan(0);
});
