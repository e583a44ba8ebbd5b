import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  holdMs,
  judgeClock,
  maxAwayMs,
  maxStepMs,
  retain,
  type ClockSeen,
  type RetentionInput,
  type StoredClip,
} from "../../../daemon/keeper/retention.ts";

const hourMs = 3_600_000;
const nowWallMs = Date.UTC(2026, 5, 1);

const input: RetentionInput = {
  clips: [],
  events: [],
  nowWallMs,
  clockTrusted: true,
  retentionHours: 72,
  ignoredHours: 72,
  budgetBytes: 1_000,
  minFreeBytes: 0,
  freeBytes: 10_000,
  wantedBytes: 0,
};

function clip(id: string, ageHours: number, bytes = 100, recording = false): StoredClip {
  return { id, startWallMs: nowWallMs - ageHours * hourMs, bytes, recording, ignored: false };
}

const clips: fc.Arbitrary<StoredClip[]> = fc
  .array(
    fc.record({
      ageHours: fc.integer({ min: -48, max: 200 }),
      bytes: fc.integer({ min: 0, max: 500 }),
      recording: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((each, index) => clip(`clip-${index}`, each.ageHours, each.bytes, each.recording)));

const anyInput: fc.Arbitrary<RetentionInput> = fc
  .record({
    clips,
    clockTrusted: fc.boolean(),
    budgetBytes: fc.integer({ min: 0, max: 3_000 }),
    minFreeBytes: fc.integer({ min: 0, max: 1_000 }),
    freeBytes: fc.integer({ min: 0, max: 2_000 }),
    wantedBytes: fc.integer({ min: 0, max: 500 }),
  })
  .map((changes) => ({ ...input, ...changes }));

describe("what goes", () => {
  test("law: a clip that is being recorded never goes", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const going = new Set(retain(given).clips.map((each) => each.id));
        expect(given.clips.some((each) => each.recording && going.has(each.id))).toBe(false);
      }),
    );
  });

  test("law: for room, nothing goes while an older finished clip stays", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const reasons = new Map(retain(given).clips.map((each) => [each.id, each.reason]));
        const finished = given.clips.filter((each) => !each.recording).map((each) => reasons.get(each.id));
        const lastForRoom = finished.findLastIndex((reason) => reason === "budget" || reason === "free");
        expect(finished.slice(0, lastForRoom + 1)).not.toContain(undefined);
      }),
    );
  });

  test("law: afterwards the budget holds, or only the recording is left", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const going = new Set(retain(given).clips.map((each) => each.id));
        const left = given.clips.filter((each) => !going.has(each.id));
        const usedBytes = left.reduce((sum, each) => sum + each.bytes, 0);
        expect(usedBytes <= given.budgetBytes || left.every((each) => each.recording)).toBe(true);
      }),
    );
  });

  test("law: one clip fewer would not have been enough", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { clips } = retain({ ...given, clockTrusted: false });
        const last = clips.at(-1);
        if (last === undefined) return;
        const kept = given.clips.filter((each) => !clips.slice(0, -1).some((gone) => gone.id === each.id));
        const again = retain({
          ...given,
          clips: kept,
          clockTrusted: false,
          freeBytes: given.freeBytes + sum(given.clips) - sum(kept),
          wantedBytes: 0,
          minFreeBytes: given.minFreeBytes + given.wantedBytes,
        });
        if (given.wantedBytes === 0) expect(again.clips[0]?.id).toBe(last.id);
      }),
    );
  });

  test.each([
    ["exactly as old as allowed stays", [clip("a", 72)], []],
    ["older goes", [clip("a", 72.01)], ["a"]],
    ["from the future stays", [clip("a", -1_000)], []],
    ["older, but being recorded, stays", [clip("a", 100, 100, true)], []],
    ["over the budget: the oldest goes", [clip("a", 3, 600), clip("b", 2, 600)], ["a"]],
    ["exactly the budget stays", [clip("a", 3, 500), clip("b", 2, 500)], []],
    [
      "recorded first counts as oldest, whatever its wall time",
      [clip("a", 1, 600), clip("b", 9, 600)],
      ["a"],
    ],
  ])("%s", (_name, clips, expected) => {
    expect(retain({ ...input, clips }).clips.map((each) => each.id)).toEqual(expected);
  });

  test("a failed write frees at least what it wants, even where the disk says there is room", () => {
    const clips = [clip("a", 3, 60), clip("b", 2, 60), clip("c", 1, 60)];
    const { clips: gone } = retain({ ...input, clips, wantedBytes: 100, freeBytes: 1_000_000 });
    expect(gone).toEqual([
      { id: "a", reason: "free" },
      { id: "b", reason: "free" },
    ]);
  });

  test("age takes closed events too, room leaves them", () => {
    const events = [
      { id: "old", startWallMs: nowWallMs - 73 * hourMs, open: false, ignoredIn: null },
      { id: "old-open", startWallMs: nowWallMs - 73 * hourMs, open: true, ignoredIn: null },
      { id: "new", startWallMs: nowWallMs, open: false, ignoredIn: null },
    ];
    expect(retain({ ...input, events, budgetBytes: 0 }).events).toEqual(["old"]);
    expect(retain({ ...input, events, clockTrusted: false }).events).toEqual([]);
  });

  const day = { ...input, ignoredHours: 24 };
  const ignored = (id: string, ageHours: number): StoredClip => ({ ...clip(id, ageHours), ignored: true });
  const event = (ageHours: number, ignoredIn: readonly string[] | null, open = false) => ({
    id: "event",
    startWallMs: nowWallMs - ageHours * hourMs,
    open,
    ignoredIn,
  });

  test("what is ignored goes sooner, and says so; nothing else does", () => {
    const clips = [clip("wanted", 30), ignored("ignored", 30), ignored("young", 24), ignored("old", 80)];
    expect(retain({ ...day, clips }).clips).toEqual([
      { id: "ignored", reason: "ignored" },
      { id: "old", reason: "age" },
    ]);
    expect(retain({ ...day, clips, clockTrusted: false }).clips).toEqual([]);
    expect(retain({ ...day, ignoredHours: 720, clips }).clips.map(({ id }) => id)).toEqual(["old"]);
  });

  test.each([
    ["with its recording", event(30, ["a"]), ["event"]],
    ["without a recording", event(30, []), ["event"]],
    ["with one that went before", event(30, ["gone-long-ago"]), ["event"]],
    ["not while a recording of it stays", event(30, ["a", "shared"]), []],
    ["not before its time", event(24, []), []],
    ["not while it goes on", event(30, [], true), []],
    ["not where somebody wants it", event(30, null), []],
  ])("an ignored event goes %s", (_name, one, expected) => {
    const clips = [ignored("a", 30), clip("shared", 30)];
    expect(retain({ ...day, clips, events: [one] }).events).toEqual(expected);
  });
});

function sum(clips: readonly StoredClip[]): number {
  return clips.reduce((bytes, each) => bytes + each.bytes, 0);
}

describe("whether the clock is believed", () => {
  const seen: ClockSeen = { wallMs: nowWallMs, monoMs: 1_000, holdMs: 0 };
  const earlierRun: ClockSeen = { wallMs: nowWallMs, monoMs: null, holdMs: 0 };
  const tenYearsMs = 3_650 * 24 * hourMs;

  test.each([
    ["a minute later", seen, nowWallMs + 60_000, 61_000, 0],
    ["an hour's correction", seen, nowWallMs + maxStepMs, 1_000, 0],
    ["more than an hour ahead", seen, nowWallMs + maxStepMs + 1, 1_000, holdMs],
    ["fell to 1970", seen, 0, 61_000, holdMs],
    ["leapt ten years", seen, nowWallMs + tenYearsMs, 61_000, holdMs],
    ["off for a week", earlierRun, nowWallMs + 7 * 24 * hourMs, 5, 0],
    ["off for 30 days and more", earlierRun, nowWallMs + maxAwayMs + 1, 5, holdMs],
    ["restarted in 1970", earlierRun, 0, 5, holdMs],
    ["first start", null, 0, 5, 0],
  ])("%s", (_name, last, wallMs, monoMs, expected) => {
    expect(judgeClock(last, wallMs, monoMs).holdMs).toBe(expected);
  });

  test("a steady clock is believed again after a day of running, counted across restarts", () => {
    let now = judgeClock(seen, nowWallMs + tenYearsMs, 1_000);
    now = judgeClock(now, now.wallMs + holdMs / 2, 1_000 + holdMs / 2);
    expect(now.holdMs).toBe(holdMs / 2);
    now = judgeClock({ ...now, monoMs: null }, now.wallMs, 0);
    expect(now.holdMs).toBe(holdMs / 2);
    expect(judgeClock(now, now.wallMs + holdMs / 2, holdMs / 2).holdMs).toBe(0);
  });
});
