import { describe, expect, test } from "vitest";
import { eventsOf } from "../../../daemon/calibration/events.ts";
import type { PastEvent } from "../../../daemon/calibration/past.ts";
import { proposeOf } from "../../../daemon/calibration/propose/propose.ts";
import { proposalSchema, type Mark } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { motionOf } from "../../../daemon/sight/drawn.ts";
import { blob, filmOf, noon, tracksOf, type Scene } from "./film.ts";

const settings = { sensitivity: 50, zones: [] };
const drawn: Zones = {
  sensitivity: null,
  rules: [],
  zones: [
    {
      name: "path",
      sensitivity: 50,
      polygon: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    },
    {
      name: "gate",
      sensitivity: null,
      polygon: [
        [0.5, 0],
        [1, 0],
        [1, 1],
        [0.5, 1],
      ],
    },
  ],
};

/** Once a minute something moves for three seconds: where and how strongly, and what somebody said of it. */
type Show = readonly (readonly [x: number, level: number, mark: Mark | null, dark?: boolean])[];

function propose(
  show: Show,
  zones: Zones = drawn,
  change: (past: PastEvent[]) => PastEvent[] = (past) => past,
  steps?: number,
) {
  const scene: Scene = {
    seconds: show.length * 60,
    levels: (second) => {
      const [x, level] = show[Math.floor(second / 60)] ?? [0, 0];
      return second % 60 < 3 ? blob(level, [x, 0.5], [0.15, 0.4]) : null;
    },
    light: (second) => (show[Math.floor(second / 60)]?.[3] === true ? "dark" : "bright"),
  };
  const tracks = tracksOf(filmOf(scene), { areas: zones.zones });
  const told = eventsOf(tracks, motionOf(zones, settings));
  const past = told.map(({ startWallMs, endWallMs, score, zones: where }): PastEvent => {
    const minute = Math.floor((startWallMs - noon) / 60_000);
    const mark = show[minute]?.[2] ?? null;
    return { id: `e${minute}`, kind: "motion", startWallMs, endWallMs, score, zones: [...where], mark };
  });
  return proposeOf(tracks, { drawn: zones, settings, steps }, change(past));
}

describe("a proposal", () => {
  test("lowers one zone just so far that the false alarms are silent", () => {
    const { zones, words, ...counts } = propose([
      [0.2, 55, "false"],
      [0.2, 59, "false"],
      [0.2, 75, "good"],
      [0.2, 57, null],
      [0.8, 55, "good"],
    ]);
    expect(zones?.zones.map(({ sensitivity }) => sensitivity)).toEqual([41, null]);
    expect(words).toEqual([
      'Lower the sensitivity of "path" from 50 to 41.',
      "This removes 2 of 2 marked false alarms and keeps all 2 marked good ones.",
      "1 event that is not marked would go too.",
    ]);
    expect(counts).toEqual({ removes: 2, leaves: 0, keeps: 2, loses: 0, alsoVanish: 1 });
  });

  test("says when the search was cut short, and not otherwise", () => {
    const show: Show = [
      [0.2, 55, "false"],
      [0.2, 75, "good"],
    ];
    const cut = (steps?: number) =>
      propose(show, drawn, (past) => past, steps).words.some((each) => each.includes("cut short"));
    expect([cut(1), cut()]).toEqual([true, false]);
  });

  test("gives a zone that follows the whole a number of its own", () => {
    const { zones, words } = propose([
      [0.8, 55, "false"],
      [0.8, 80, "good"],
    ]);
    expect(zones?.zones[1]?.sensitivity).toBe(45);
    expect(words[0]).toBe('Give "gate" a sensitivity of its own: 45 instead of 50.');
  });

  test("adds a rule where the same place needs two answers", () => {
    const { zones, words } = propose([
      [0.2, 55, "good"],
      [0.2, 70, "false", true],
    ]);
    expect(zones?.rules).toEqual([{ zone: "path", light: "dark", from: null, to: null, sensitivity: 30 }]);
    expect(words[0]).toBe('Add a rule: in the dark in "path", 30 instead of 50.');
  });

  test("changes a rule that is there by its number", () => {
    const rules: Zones["rules"] = [{ zone: null, light: "dark", from: null, to: null, sensitivity: 50 }];
    const { zones, words } = propose(
      [
        [0.2, 55, "good"],
        [0.2, 70, "false", true],
      ],
      { ...drawn, rules },
    );
    expect(zones?.rules[0]?.sensitivity).toBe(30);
    expect(words[0]).toBe('Lower the rule "in the dark" from 50 to 30.');
  });

  test("moves the whole where no zone is drawn", () => {
    const { zones, words } = propose(
      [
        [0.2, 55, "false"],
        [0.8, 80, "good"],
      ],
      { zones: [], sensitivity: 60, rules: [] },
    );
    expect(zones?.sensitivity).toBe(45);
    expect(words[0]).toBe("Lower the sensitivity of the whole from 60 to 45.");
  });

  test("where not all can be had, removes what it can and says what stands against the rest", () => {
    const { zones, words, ...counts } = propose([
      [0.2, 60, "good"],
      [0.2, 55, "false"],
      [0.2, 70, "false"],
    ]);
    expect(zones?.zones[0]?.sensitivity).toBe(45);
    expect(counts).toEqual({ removes: 1, leaves: 1, keeps: 1, loses: 0, alsoVanish: 0 });
    expect(words[1]).toBe("This removes 1 of 2 marked false alarms and keeps the marked good one.");
    expect(words[3]).toMatch(
      /^The false alarm of 31 Jan \d\d:02 fires from sensitivity 31 on; .* needs 41 /u,
    );
  });

  test("where nothing can be had, says so and why, and proposes nothing", () => {
    const { zones, words, ...counts } = propose([
      [0.2, 60, "good"],
      [0.2, 70, "false"],
    ]);
    expect(zones).toBeNull();
    expect(words[0]).toMatch(/^No change of sensitivities removes/u);
    expect(words[1]).toMatch(/no sensitivity tells them apart/u);
    expect(counts).toEqual({ removes: 0, leaves: 1, keeps: 1, loses: 0, alsoVanish: 0 });
  });

  test("without a marked false alarm says what is missing", () => {
    const { zones, words } = propose([[0.2, 60, "good"]]);
    expect([zones, words]).toEqual([null, ["No event of this time is marked as a false alarm."]]);
  });

  test("that has nothing left to do says so", () => {
    const { zones, words, removes } = propose(
      [[0.2, 60, "false"]],
      {
        ...drawn,
        zones: drawn.zones.map((zone) => ({ ...zone, sensitivity: 60 })),
      },
      (past) => past.map((event) => ({ ...event, startWallMs: event.startWallMs + 20_000, endWallMs: null })),
    );
    expect(zones?.zones.map(({ sensitivity }) => sensitivity)).toEqual([60, 60]);
    expect(words[0]).toBe("Nothing needs to change: these zones do it already.");
    expect(removes).toBe(1);
  });

  test("leaves out what the journal lacks and what no zone can see, and says so", () => {
    const { words, loses } = propose(
      [
        [0.2, 55, "false"],
        [0.2, 80, "good"],
      ],
      drawn,
      (past) => [
        ...past,
        ...past
          .map((event) => ({
            ...event,
            id: `${event.id}-still`,
            mark: "good" as const,
            startWallMs: noon + 30_000,
            endWallMs: noon + 31_000,
          }))
          .slice(0, 1),
        ...past.map((event) => ({ ...event, id: `${event.id}-old`, startWallMs: noon - 86_400_000 })),
      ],
    );
    expect(words.slice(-2)).toEqual([
      "1 marked good event moved in none of these zones: no sensitivity can keep it.",
      "2 marked events of a time that the motion journal lacks are left out.",
    ]);
    expect(loses).toBe(1);
  });

  test("has the shape that the API promises", () => {
    const proposal = propose([
      [0.2, 55, "false"],
      [0.2, 80, "good"],
    ]);
    expect(() => proposalSchema.parse({ ...proposal, tookMs: 3 })).not.toThrow();
  });
});
