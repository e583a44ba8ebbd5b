/**
 * I6: revoked stays revoked: through crash, restart, restored backup, changed clocks, full disks, and whatever is
 * handed in afterwards. Nothing of it is handed over again.
 */
import { describe, expect, test } from "vitest";
import { revocationOf, type ComposedGrant } from "../../scripts/rigs/grant.ts";
import {
  ada,
  askChunk,
  bo,
  keep,
  openDesk,
  revoke,
  say,
  stateOf,
  toLink,
  withoutAda,
  type Desk,
} from "../daemon/keeper/grants/desk.ts";

const yearMs = 365 * 86_400_000;

async function nothingLeaves(desk: Desk, { grant, parcel }: ComposedGrant): Promise<void> {
  const before = desk.chunks.length;
  await desk.book.tick();
  for (const offset of [0, 1, Math.floor(parcel.length / 2), parcel.length - 1])
    expect(typeof (await askChunk(desk, grant.id, offset))).toBe("string");
  expect(desk.chunks.length).toBe(before);
}

type Try = (desk: Desk, composed: ComposedGrant) => unknown;

const tries: Readonly<Record<string, Try>> = {
  "a restart": (desk) => desk.restart(),
  "the same order again": (desk, { order }) => desk.book.keep(order),
  "the same order after a restart": async (desk, { order }) => {
    await desk.restart();
    await desk.book.keep(order);
  },
  "an owner who lets it go on": (desk, { grant }) => desk.book.resume(grant.id, "Ada"),
  "a clock that is set back before the revocation": (desk) => desk.clock.stepWall(-yearMs),
  "a clock that is set back while it is off": async (desk) => {
    desk.clock.stepWall(-3_600_000);
    await desk.restart();
  },
  "a clock that leaps ahead": (desk) => desk.clock.stepWall(yearMs),
  "a full disk": async (desk) => {
    [desk.disk.full, desk.ledgerFull] = [true, true];
    await desk.book.tick();
    await desk.restart();
  },
  "the removal of who revoked it": async (desk) => {
    desk.household = withoutAda(desk.household);
    await desk.restart();
  },
  "a courier that says it has all of it": (desk, composed) => say(desk, composed, "delivered"),
  "a courier that says it is still sending": (desk, composed) => say(desk, composed, "sending"),
  "a courier that comes back": async (desk) => {
    desk.book.courierLeft();
    await desk.book.courierArrived();
  },
  "a lost state.json, and the same order again": async (desk, { grant, order }) => {
    await desk.disk.remove(`consent/grants/${grant.id}/state.json`);
    await desk.restart();
    await desk.book.keep(order);
  },
};

describe.each(Object.entries(tries))("I6: %s", (_, attempt) => {
  test.each([
    ["an agency", {}],
    ["a link", toLink()],
  ])("sends nothing more to %s", async (__, to) => {
    const desk = await openDesk();
    const composed = await keep(desk, to);
    expect(typeof (await askChunk(desk, composed.grant.id, 0))).toBe("object");
    await revoke(desk, composed, ada);
    await Promise.resolve(attempt(desk, composed)).catch(() => null);
    await nothingLeaves(desk, composed);
    await desk.restart();
    await nothingLeaves(desk, composed);
  });
});

test("I6: wherever the power is cut, a revocation that was answered holds, and one that was not does no harm", async () => {
  for (let at = 0; at < 8; at += 1) {
    const desk = await openDesk();
    const composed = await keep(desk);
    let changes = at;
    desk.disk.plugIn(() => (changes-- === 0 ? 0.5 : null));
    const answered = await revoke(desk, composed, bo).then(
      () => true,
      () => false,
    );
    await desk.restart();
    if (answered) await nothingLeaves(desk, composed);
    expect(["sending", "revoked"]).toContain(stateOf(desk, composed));
    await desk.book.revoke(composed.grant.id, revocationOf(composed.grant, bo, desk.clock.wallMs()));
    await nothingLeaves(desk, composed);
  }
});

test("I6: a backup from before the revocation waits for an owner, who can revoke it again", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  const backup = desk.disk.survivor();
  await revoke(desk, composed);
  desk.home = "disk-2";
  await desk.restart(backup);
  await nothingLeaves(desk, composed);
  expect(stateOf(desk, composed)).toBe("suspended");
  await revoke(desk, composed, ada);
  await desk.restart();
  await nothingLeaves(desk, composed);
  expect(stateOf(desk, composed)).toBe("revoked");
});
