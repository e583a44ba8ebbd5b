/**
 * I9: the ledger's entry is durable before the effect.
 *
 * Once of the ledger itself, with the power failing at every change of the disk; once of the whole keeper, where
 * what lies on the disk is read by somebody else at the moment at which the effect is seen. The chunk that
 * leaves has its own in the tests of the gate.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../../daemon/ledger/entry.ts";
import { diskFiles } from "../../daemon/files/disk.ts";
import { entryKinds } from "../../daemon/ledger/kinds.ts";
import { pageOf } from "../../daemon/ledger/page.ts";
import { lookFor } from "../../daemon/ledger/recover.ts";
import type { DataPaths } from "../../daemon/wire/paths.ts";
import { BrittleFiles } from "../daemon/files/brittle-files.ts";
import { openLedger } from "../daemon/ledger/open-ledger.ts";
import { eventIn, writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { openDoor } from "../daemon/keeper/door.ts";
import { closed, until } from "../daemon/keeper/page.ts";
import { connectTestEye } from "../daemon/keeper/test-eye.ts";

/** Read from the disk, beside the keeper that writes it. */
async function onDisk(paths: DataPaths): Promise<readonly Entry[]> {
  const files = diskFiles(paths.ledger);
  const { size } = await lookFor(files);
  return (await pageOf(files, size, { before: null, limit: 200, without: [] })).entries;
}

async function kindsOnDisk(paths: DataPaths): Promise<string[]> {
  return (await onDisk(paths)).map(({ kind }) => kind);
}

test("whatever happened after its append is in the ledger that a power cut leaves, at every cut", async () => {
  const cut = fc.record({ at: fc.nat(40), partFrac: fc.double({ min: 0, max: 1, noNaN: true }) });
  await fc.assert(
    fc.asyncProperty(
      cut,
      fc.array(fc.constantFrom(...entryKinds), { maxLength: 30 }),
      async (crash, kinds) => {
        const files = new BrittleFiles();
        const happened: string[] = [];
        const ledger = await openLedger(files);
        files.crash = crash;
        for (const [at, what] of kinds.entries()) {
          const told = await ledger.append({ what, who: "Ada", detail: `${at}` }).catch(() => null);
          if (told !== null) happened.push(`${at} ${what}`);
        }
        const left = new BrittleFiles(files.disk);
        await openLedger(left);
        const { entries } = await pageOf(left, (await lookFor(left)).size, {
          before: null,
          limit: 200,
          without: [],
        });
        const told = entries.map(({ opening, kind }) => `${opening?.detail} ${kind}`);
        expect(told).toEqual(expect.arrayContaining(happened));
      },
    ),
    { numRuns: 100 },
  );
});

test("an entry's opening and line are both durable before anything else can be", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await ledger.append({ what: "grant-signed", who: "Ada", detail: "" });
  await files.write("the effect", new Uint8Array(1));
  expect(files.changes).toEqual([
    "append openings/000000.jsonl",
    "append entries/000000.jsonl",
    "write the effect",
  ]);
});

test("live: on the disk when the connection opens", async () => {
  await using door = await openDoor();
  const socket = door.owner.socket("/api/live");
  await new Promise((resolve) => socket.once("open", resolve));
  expect((await kindsOnDisk(door.paths))[0]).toBe("live-view");
  socket.close();
  await closed(socket);
});

test("a still: on the disk when the eye is asked", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const answer = door.owner.fetch("/api/snapshot", { method: "POST" });
  await until(() => eye.received.some(({ type }) => type === "still"));
  expect((await kindsOnDisk(door.paths))[0]).toBe("snapshot");
  const asked = eye.received.find((message) => message.type === "still");
  eye.send({ type: "still-made", still: asked?.still ?? "", age: Buffer.from("x").toString("base64") });
  expect((await answer).status).toBe(200);
});

test("a recording: on the disk before its first byte, by whichever file one begins", async () => {
  await using first = await openDoor();
  const data = first.paths;
  await first.keeper[Symbol.asyncDispose]();
  const startWallMs = Date.now() - 60_000;
  for (const id of ["clip-0001", "clip-0002"]) await writeClip(data, { id, startWallMs });
  await using door = await openDoor({ data: data.root });
  for (const path of ["clip-0001/init.mp4", "clip-0002/fragments/0"]) {
    const answer = await door.get(`/api/clips/${path}`);
    const [entry] = await onDisk(data);
    expect([answer.status, entry?.kind, entry?.opening?.about?.clip]).toEqual([
      200,
      "clip-view",
      path.slice(0, 9),
    ]);
  }
});

test("a deletion: on the disk before the files go, by hand and by age", async () => {
  await using first = await openDoor();
  const data = first.paths;
  await first.keeper[Symbol.asyncDispose]();
  const recent = Date.now() - 60_000;
  const old = Date.now() - 80 * 3_600_000;
  await writeClip(data, { id: "clip-old1", startWallMs: old });
  await writeClip(data, { id: "clip-0001", startWallMs: recent, events: [eventIn("event-0001", recent)] });
  await using door = await openDoor({ data: data.root });
  await until(async () => (await kindsOnDisk(data)).includes("clips-deleted"));
  await door.owner.fetch("/api/events/event-0001", { method: "DELETE" });
  const gone = (await onDisk(data)).filter(({ kind }) => kind === "clips-deleted");
  expect(gone.map(({ opening }) => [opening?.who, opening?.about?.clip])).toEqual([
    ["Test owner 1", "clip-0001"],
    [null, "clip-old1"],
  ]);
});
