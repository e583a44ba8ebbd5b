import { createPrivateKey, generateKeyPairSync, sign, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Files } from "../../../daemon/files/files.ts";
import { noteKey, type NoteSigner } from "../../../daemon/ledger/note.ts";
import { PublicLog } from "../../../portal/log/public-log.ts";
import { LogServer } from "../../../portal/log/serve.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { PowerCut, SimDisk } from "../../world/disk.ts";
import { readLog, rootOfFirst, type Fetch } from "./reader.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const secret = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }));
const x = createPublicKey(secret).export({ format: "jwk" }).x ?? "";
const signer: NoteSigner = {
  name: "portal.example/log",
  publicKey: Buffer.from(x, "base64url"),
  sign: (message) => sign(null, message, secret),
};
const logKey = noteKey(signer.name, signer.publicKey);
const open = (files: Files): PublicLog => new PublicLog({ files, signer, logKey });
const entry = (number: number, salt = ""): Uint8Array =>
  new TextEncoder().encode(`{"entry":${number}${salt}}`);
const entries = (from: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => entry(from + at));
const filesOf =
  (files: Files): Fetch =>
  (path) =>
    files.read(`log/${path}`);

test.each([
  [[0]],
  [[1]],
  [[255]],
  [[256]],
  [[257]],
  [[1, 1, 1]],
  [[200, 100]],
  [[256, 256]],
  [[700, 1, 66_000]],
])("an independent reader rebuilds the root after appending %j", async (counts) => {
  const disk = new SimDisk();
  const log = open(disk);
  let size = 0;
  await log.settle();
  for (const count of counts) {
    await log.append(entries(size, count));
    size += count;
  }
  const read = await readLog(filesOf(disk), logKey);
  expect(read.size).toBe(size);
  expect(read.entries.at(-1)?.toString()).toBe(
    size === 0 ? undefined : new TextDecoder().decode(entry(size - 1)),
  );
});

test("an earlier checkpoint's tree is the beginning of every later one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 6 }),
      async (counts) => {
        const disk = new SimDisk();
        const log = open(disk);
        const seen: { size: number; root: string }[] = [];
        let size = 0;
        for (const count of counts) {
          const state = await log.append(entries(size, count));
          size += count;
          seen.push({ size: state.size, root: Buffer.from(state.root).toString("hex") });
        }
        const { entries: all } = await readLog(filesOf(disk), logKey);
        for (const each of seen) {
          expect(rootOfFirst(all, each.size)).toBe(each.root);
          expect(Buffer.from(await log.rootAt(each.size, size)).toString("hex")).toBe(each.root);
        }
      },
    ),
    { numRuns: 15 },
  );
});

/** Whatever anybody could have read before the cut is still the beginning afterwards. */
test("a crash at any point leaves a log that only grows", async () => {
  const before = new SimDisk();
  await open(before).append(entries(0, 254));
  let cuts = 0;
  for (let at = 0; ; at += 1) {
    const disk = before.survivor();
    let change = 0;
    disk.plugIn(() => (change++ === at ? 0.5 : null));
    const ended = await open(disk)
      .append(entries(254, 5))
      .catch((error: unknown) => error);
    const after = disk.survivor();
    const shown = await readLog(filesOf(after), logKey);
    expect([254, 259]).toContain(shown.size);
    // the next start appends something else than what was cut
    const log = open(after);
    const settled = await log.settle();
    expect(settled.size).toBeGreaterThanOrEqual(shown.size);
    await log.append([entry(900, ',"other":1'), entry(901)]);
    const read = await readLog(filesOf(after), logKey);
    expect(read.size).toBe(settled.size + 2);
    expect(rootOfFirst(read.entries, shown.size)).toBe(shown.root);
    if (!(ended instanceof PowerCut)) break;
    cuts += 1;
  }
  // two bundles, three tiles, and the two checkpoints
  expect(cuts).toBeGreaterThanOrEqual(7);
});

test("a checkpoint that was decided and not yet seen is brought up at the next start", async () => {
  const disk = new SimDisk();
  await open(disk).append(entries(0, 3));
  disk.plugIn(({ name }) => (name === "log/checkpoint" ? 0 : null));
  await expect(open(disk).append(entries(3, 1))).rejects.toBeInstanceOf(PowerCut);
  const after = disk.survivor();
  expect((await readLog(filesOf(after), logKey)).size).toBe(3);
  expect((await open(after).settle()).size).toBe(4);
  expect((await readLog(filesOf(after), logKey)).size).toBe(4);
});

test("partial files are removed only when a whole full tile lies behind them", async () => {
  const disk = new SimDisk();
  const log = open(disk);
  for (const count of [100, 156, 10, 246]) await log.append(entries((await log.settle()).size, count));
  await log.append(entries(512, 1));
  expect(await log.prune(513)).toBe(2);
  expect(await disk.list("log/tile/0/000.p")).toEqual([]);
  expect(await disk.list("log/tile/0/001.p")).toEqual(["10"]);
  expect((await readLog(filesOf(disk), logKey)).size).toBe(513);
});

test("another key's log is not continued", async () => {
  const disk = new SimDisk();
  await open(disk).append(entries(0, 1));
  const other = { ...signer, name: "else.example/log" };
  const log = new PublicLog({ files: disk, signer: other, logKey: noteKey(other.name, other.publicKey) });
  await expect(log.append(entries(1, 1))).rejects.toMatchObject({ kind: "corrupt" });
});

test.each([new Uint8Array(0), new Uint8Array(16_385)])(
  "an entry of a wrong length is refused",
  async (bytes) => {
    const disk = new SimDisk();
    await expect(open(disk).append([bytes])).rejects.toMatchObject({ kind: "invalid" });
  },
);

test.each([
  "",
  "../keys/log.key",
  "tile/0/../../keys/log.key",
  "tile/0/000.p/0",
  "tile/0/000.p/256",
  "tile/0/000.p/03",
  "tile/00/000.p/3",
  "tile/64/000",
  "tile/0/x000/000.p/3",
  "tile/entries/0.p/3",
  "tile/entries/000.p/4",
  "log-next",
])("%j is not served", async (path) => {
  const disk = new SimDisk();
  await open(disk).append(entries(0, 3));
  expect(await new LogServer(disk, new SimClock()).get(path)).toBeNull();
});

test("a tile that no checkpoint names yet is not served, though it lies there", async () => {
  const disk = new SimDisk();
  await open(disk).append(entries(0, 3));
  disk.plugIn(({ name }) => (name === "log-next" ? 0 : null));
  await expect(open(disk).append(entries(3, 1))).rejects.toBeInstanceOf(PowerCut);
  const after = disk.survivor();
  expect(await after.read("log/tile/0/000.p/4")).not.toBeNull();
  const server = new LogServer(after, new SimClock());
  expect(await server.get("tile/0/000.p/4")).toBeNull();
  expect((await server.get("tile/0/000.p/3"))?.cacheControl).toContain("immutable");
  expect((await server.get("checkpoint"))?.cacheControl).toBe("no-cache");
});
