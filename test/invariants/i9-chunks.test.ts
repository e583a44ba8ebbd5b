/**
 * I9 of granted bytes: the ledger says that they leave, on the disk, before the courier has them; and when it
 * cannot say so, they stay.
 */
import { expect, test } from "vitest";
import { diskFiles } from "../../daemon/files/disk.ts";
import type { Entry } from "../../daemon/ledger/entry.ts";
import { pageOf } from "../../daemon/ledger/page.ts";
import { lookFor } from "../../daemon/ledger/recover.ts";
import type { DataPaths } from "../../daemon/wire/paths.ts";
import { askAll, askChunk, keep, openDesk, whats } from "../daemon/keeper/grants/desk.ts";
import { grantTo, openGrantedDoor, toLink } from "../daemon/keeper/granted-door.ts";
import { until } from "../daemon/keeper/page.ts";

/** Newest first, read from the disk beside the keeper that writes it. */
async function onDisk(paths: DataPaths): Promise<readonly Entry[]> {
  const files = diskFiles(paths.ledger);
  const { size } = await lookFor(files);
  return (await pageOf(files, size, { before: null, limit: 200, without: [] })).entries;
}

test("I9: what a courier was handed is in the ledger on the disk", async () => {
  await using house = await openGrantedDoor();
  house.courier.held = true;
  const { grant, parcel } = await grantTo(house, toLink);
  await house.courier.next("parcel-send");
  expect((await onDisk(house.door.paths)).map(({ kind }) => kind)).not.toContain("send-intent");
  house.courier.say({ type: "chunk-asked", grant: grant.id, offset: 0 });
  await until(() => house.courier.arrived.has(grant.id));
  const intent = (await onDisk(house.door.paths)).find(({ kind }) => kind === "send-intent");
  expect(intent?.opening).toMatchObject({
    about: { grant: grant.id },
    detail: `bytes 0 to ${parcel.length} of ${parcel.length} leave for whoever has the link`,
  });
});

test("I9: every chunk that left is covered by entries that came before it", async () => {
  const desk = await openDesk({ fragments: 2, bytesEach: 20_000_000 });
  const composed = await keep(desk, {
    choices: [
      {
        clip: { id: "clip-000001", startWallMs: 1, codec: "a", width: 1, height: 1, fragments: [] },
        indexes: [0, 1],
      },
    ],
  });
  let covered = 0;
  for (let at = 0; at < composed.parcel.length;) {
    const told = desk.entries.length;
    const chunk = await askChunk(desk, composed.grant.id, at);
    if (typeof chunk === "string") throw new Error(chunk);
    for (const { what, detail } of desk.entries.slice(told))
      if (what === "send-intent") covered = Number(/^bytes \d+ to (\d+) /u.exec(detail)?.[1]);
    at = chunk.offset + chunk.bytes.length;
    expect(covered).toBeGreaterThanOrEqual(at);
  }
  expect(whats(desk).filter((what) => what === "send-intent")).toHaveLength(2);
});

test("I9: with a ledger that cannot be written nothing leaves, at whichever chunk it begins", async () => {
  for (const from of [0, 1]) {
    const desk = await openDesk();
    const composed = await keep(desk);
    if (from === 1) await askChunk(desk, composed.grant.id, 0);
    await desk.restart(); // what the last run told covers nothing of this one
    await desk.book.tick();
    desk.ledgerFull = true;
    expect(await askAll(desk, composed)).toEqual({ bytes: Buffer.alloc(0), refusal: "intent-not-durable" });
  }
});
