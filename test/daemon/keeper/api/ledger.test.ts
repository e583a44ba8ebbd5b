import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { fromBase64 } from "../../../../daemon/ledger/base64.ts";
import { openCheckpoint, type Checkpoint } from "../../../../daemon/ledger/checkpoint.ts";
import { verifyConsistency } from "../../../../daemon/ledger/proof.ts";
import { ledgerKey } from "../../../../daemon/ledger/key.ts";
import { verifyExport } from "../../../../daemon/ledger/verify-export.ts";
import type { HistoryEntry } from "../../../../daemon/wire/api-household.ts";
import { enrol, getJson, human, putJson, signIn } from "../../../../scripts/rigs/person.ts";
import { writeClip } from "../clip-on-disk.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { closed, until } from "../page.ts";
import { smallDisk } from "../../../../scripts/rigs/small-disk.ts";

async function checkpointOf(door: TestDoor): Promise<Checkpoint> {
  const { checkpoint } = await getJson<{ checkpoint: string }>(door.owner, "/api/ledger/checkpoint");
  return openCheckpoint(checkpoint, ledgerKey(door.device));
}

async function historyOf(door: TestDoor, query = ""): Promise<HistoryEntry[]> {
  return (await getJson<{ entries: HistoryEntry[] }>(door.owner, `/api/history${query}`)).entries;
}

const zones = (door: TestDoor): Promise<Response> => putJson(door.owner, "/api/zones", { zones: [] });

test("a later checkpoint is proved to have grown from an earlier one", async () => {
  await using door = await openDoor();
  const first = await checkpointOf(door);
  await zones(door);
  const second = await checkpointOf(door);
  expect(second.size).toBe(first.size + 1);
  const path = `/api/ledger/consistency?from=${first.size}&to=${second.size}`;
  const { proof } = await getJson<{ proof: string[] }>(door.owner, path);
  const hashes = proof.flatMap((hash) => fromBase64(hash) ?? []);
  const sizes = { size1: first.size, root1: first.root, size2: second.size, root2: second.root };
  expect(verifyConsistency({ ...sizes, proof: hashes })).toBe(true);
});

test.each(["from=5&to=4", "from=0&to=1000000", "from=-1&to=1", "from=0"])(
  "no proof for %s",
  async (query) => {
    await using door = await openDoor();
    expect((await door.get(`/api/ledger/consistency?${query}`)).status).toBe(400);
  },
);

test("the export holds, and is this doorbell's", async () => {
  await using door = await openDoor();
  await zones(door);
  const answer = await door.get("/api/ledger/export");
  const bytes = Buffer.from(await answer.arrayBuffer());
  const verdict = await verifyExport(Readable.from([bytes]), { key: ledgerKey(door.device) });
  expect(verdict).toMatchObject({ problems: [], entries: (await checkpointOf(door)).size, erased: 0 });
});

test("kinds that are not wanted are left out", async () => {
  await using door = await openDoor();
  await zones(door);
  expect((await historyOf(door)).map(({ what }) => what)).toEqual(["zones", "signed-in", "paired"]);
  expect((await historyOf(door, "?without=signed-in,zones")).map(({ what }) => what)).toEqual(["paired"]);
  expect((await door.get("/api/history?without=nonsense")).status).toBe(400);
});

test("a start after a stop is told as a gap", async () => {
  await using first = await openDoor();
  const data = first.paths.root;
  await first.keeper[Symbol.asyncDispose]();
  await using again = await openDoor({ data });
  await until(async () => (await historyOf(again)).some(({ what }) => what === "gap"));
  const gap = (await historyOf(again)).find(({ what }) => what === "gap");
  expect(gap).toMatchObject({ who: null, detail: "it was not running for less than a minute" });
});

test("who watches live and plays a recording is on record, once", async () => {
  await using door = await openDoor();
  const bob = human(2, "member", "Bob");
  await enrol(door.owner, bob);
  const member = await signIn(door.base, bob);
  for (let time = 0; time < 2; time += 1) {
    const socket = member.socket("/api/live");
    await new Promise((resolve) => socket.once("open", resolve));
    socket.close();
    await closed(socket);
  }
  const views = (await historyOf(door)).filter(({ what }) => what === "live-view");
  expect(views.map(({ who }) => who)).toEqual(["Bob"]);
});

test("with a damaged ledger an owner comes in and sees it; nothing is shown, and the bell rings", async () => {
  await using first = await openDoor();
  const { root, ledger } = first.paths;
  await first.keeper[Symbol.asyncDispose]();
  await writeFile(join(ledger, "entries/000000.jsonl"), "");
  await using door = await openDoor({ data: root });
  expect(door.keeper.status().ledger.fault).toMatchObject({ kind: "corrupt" });
  const refused = door.owner.socket("/api/live");
  const status = await new Promise((resolve) =>
    refused.once("unexpected-response", (_request, response) => resolve(response.statusCode)),
  );
  expect(status).toBe(500);
  expect((await zones(door)).status).toBe(500);
  await door.button.press();
  expect(door.chime.sounded).toBe(1);
});

test("what is shown stops when the ledger cannot be written; ring and recording do not", async (context) => {
  await using disk = await smallDisk(4);
  if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
  const startWallMs = Date.now() - 60_000;
  await using door = await openDoor({ data: disk.path });
  const data = door.paths;
  await door.keeper[Symbol.asyncDispose]();
  const clips = Array.from({ length: 60 }, (_, at) => `clip-${String(at).padStart(4, "0")}`);
  for (const id of clips) await writeClip(data, { id, startWallMs, bytesEach: 100 });
  await using again = await openDoor({ data: disk.path });
  await again.keeper.settled();
  disk.fill();
  // the last page of a file takes some more lines
  const play = async (id: string): Promise<number> => (await again.get(`/api/clips/${id}/init.mp4`)).status;
  const answers: number[] = [];
  for (const id of clips) answers.push(await play(id));
  expect(answers.at(-1)).toBe(507);
  const refused = again.owner.socket("/api/live");
  const status = await new Promise((resolve) =>
    refused.once("unexpected-response", (_request, response) => resolve(response.statusCode)),
  );
  expect(status).toBe(507);
  expect(again.keeper.status().ledger.fault?.kind).toBe("exhausted");
  await again.button.press();
  expect(again.chime.sounded).toBe(1);
  disk.empty();
  expect(await play("clip-0059")).toBe(200);
  expect(again.keeper.status().ledger.fault).toBeUndefined();
});
