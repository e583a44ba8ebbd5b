/** Problems and tiles: what is wrong is said once, worst first, with what to do. */
import { expect, test } from "vitest";
import { bytes, dayTitle, duration, isolated, percent, position } from "../../web/look/format.ts";
import { hintSentence } from "../../web/look/hint.ts";
import { problemsOf } from "../../web/status/problems.ts";
import { tilesOf } from "../../web/status/tiles.ts";
import { words } from "../../web/words.ts";
import { aStatus, noonMs } from "./samples.ts";

const model = {
  model: "sill",
  state: "ready" as const,
  runs: 3,
  dropped: 0,
  failures: 0,
  msMedian: 1.5,
  msP95: 2,
  rssBytes: 80_000_000,
};

const ids = (status = aStatus()): string[] => problemsOf(status).map((problem) => problem.id);

test("a healthy doorbell has no problems and six calm tiles", () => {
  expect(ids()).toEqual([]);
  expect(tilesOf(aStatus()).map((tile) => tile.level)).toEqual(Array.from({ length: 6 }, () => "fine"));
});

test.each([
  ["camera away", aStatus({ camera: "failed" }), ["camera"]],
  ["camera stalled", aStatus({ camera: "stalled" }), ["camera"]],
  ["camera starting", aStatus({ camera: "opening", visibleFrac: 0 }), []],
  ["no policy", aStatus({ visibleFrac: 0 }), ["mask"]],
  [
    "broken motion zones",
    { ...aStatus(), motion: { active: false, score: 0, fault: { kind: "corrupt", message: "broken" } } },
    ["zones"],
  ],
  [
    "a motion journal that cannot be written",
    {
      ...aStatus(),
      motion: {
        active: false,
        score: 0,
        journal: { frames: 9, dropped: 2, fault: { kind: "exhausted", message: "the disk is full" } },
      },
    },
    ["motion-journal"],
  ],
  [
    "a model that crashes",
    {
      ...aStatus(),
      what: { ...model, state: "resting" as const, fault: { kind: "unavailable", message: "it ended" } },
    },
    ["what"],
  ],
  ["a model that answers, and one that nobody wants", { ...aStatus(), what: model }, []],
  [
    "a broker that cannot be reached",
    { ...aStatus(), mqtt: { connected: false, fault: { kind: "unavailable", message: "refused" } } },
    ["mqtt"],
  ],
  ["a broker that is there", { ...aStatus(), mqtt: { connected: true } }, []],
  [
    "an alert that did not arrive",
    { ...aStatus(), stages: [{ name: "ntfy", in: 1, out: 0, dropped: 1, lastError: "it says no" }] },
    ["alerts-ntfy"],
  ],
  ["a portal that lied", { ...aStatus(), feed: "alarm" as const }, ["portal"]],
  ["a portal that does not answer", { ...aStatus(), feed: "failing" as const }, []],
  ["button failed", aStatus({ button: "failed" }), ["sensor-button"]],
  ["the eye away, and so the picture", aStatus({ away: "eye", camera: "stalled" }), ["process-eye"]],
  ["disk full, which is why clips went", aStatus({ storage: { full: true, evicted: 9 } }), ["full"]],
  [
    "a ledger that cannot be written",
    aStatus({ ledger: { fault: { kind: "exhausted", message: "the disk is full" } } }),
    ["ledger"],
  ],
  [
    "a clock that is not believed",
    { ...aStatus(), clock: { kind: "unavailable", message: "the clock jumped", hint: "set it" } },
    ["clock"],
  ],
  ["clips deleted early", aStatus({ storage: { evicted: 9 } }), ["evicted"]],
  ["one picture in fifty dropped", aStatus({ dropped: 20 }), ["dropped"]],
  ["hardly any dropped", aStatus({ dropped: 19 }), []],
  [
    "many of the first few dropped",
    { ...aStatus(), stages: [{ name: "camera", in: 99, out: 9, dropped: 90 }] },
    [],
  ],
  [
    "dropped messages are no pictures",
    { ...aStatus(), stages: [{ name: "pages", in: 999, out: 9, dropped: 990 }] },
    [],
  ],
])("%s", (_, status, wanted) => {
  expect(ids(status)).toEqual(wanted);
});

test.each([
  ["moved", "line"],
  ["changed", "line"],
  ["covered", undefined],
] as const)("a camera that is %s is said instead of a missing line", (reason, page) => {
  const status = aStatus({ visibleFrac: 0 });
  const guard = { state: "tripped", reason } as const;
  const [problem, ...others] = problemsOf({ ...status, mask: { ...status.mask, guard } });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ id: "guard", title: words.guard.title[reason] });
  expect(problem?.cure?.page).toBe(page);
  const tile = tilesOf({ ...status, mask: { ...status.mask, guard } }).find(({ id }) => id === "mask");
  expect(tile?.note).toBe(`${words.guard.title[reason]}.`);
});

test("what is wrong comes before what is only worth knowing", () => {
  const status = aStatus({ camera: "failed", away: "courier", storage: { full: true } });
  expect(ids(status)).toEqual(["camera", "process-courier", "full"]);
});

test.each([
  [
    "sill models list; or what.model: sill",
    "Run `sill models list` on the doorbell, or set what.model: sill.",
  ],
  ["sill events list", "Run `sill events list` on the doorbell."],
  ["sill run starts it again by itself", "On the doorbell: sill run starts it again by itself."],
  ["sill hal list --json shows chips", "On the doorbell: sill hal list --json shows chips."],
  ["set another, or what.model: off", "Set another, or what.model: off."],
])("a hint that is a command says where it is run: %s", (hint, words) => {
  expect(hintSentence(hint)).toBe(words);
});

test("a fault's own words and hint come as sentences", () => {
  const fault = { kind: "unavailable", message: "cable is out", hint: "plug it in" };
  const [problem] = problemsOf(aStatus({ camera: "failed", fault }));
  expect(problem?.hint).toBe("Cable is out. Plug it in.");
});

test("a mistake of ours is called one, and nobody is sent to look at a cable", () => {
  const fault = { kind: "bug", message: "x is not defined" };
  const [problem] = problemsOf(aStatus({ camera: "failed", fault }));
  expect(problem?.hint).toBe(words.problems.bug("x is not defined"));
});

test("without a camera the mask's tile claims nothing about the property line", () => {
  const tile = tilesOf(aStatus({ camera: "failed", visibleFrac: 0 })).find(({ id }) => id === "mask");
  expect(tile?.value).toBe(words.status.maskWaits);
});

test("the mask's tile says how much is seen and that the rest is destroyed", () => {
  const tile = tilesOf(aStatus()).find(({ id }) => id === "mask");
  expect(tile).toMatchObject({ value: words.status.maskSees(percent(0.62)), frac: 0.62 });
  expect(tile?.note).toContain("destroyed");
});

test("without the eye the camera's tile claims no running camera", () => {
  const tile = tilesOf(aStatus({ away: "eye" })).find(({ id }) => id === "camera");
  expect(tile).toMatchObject({ level: "wrong", value: words.status.cameraStalled });
});

test.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [80_000, "1 min 20 s"],
  [3_600_000, "1 h"],
  [86_400_000, "24 h"],
  [72 * 3_600_000, "3 days"],
  [-5, "0 s"],
])("%i ms are %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [0, "0:00"],
  [7_900, "0:07"],
  [750_000, "12:30"],
])("position %i is %s", (ms, text) => {
  expect(position(ms)).toBe(text);
});

test("sizes step at a thousand and a small share is never called nothing", () => {
  expect(bytes(0)).toMatch(/^0\s?MB$/);
  expect(bytes(999_960)).toMatch(/^1\s?MB$/);
  expect(bytes(8_590_000_000)).toMatch(/^8[.,]6\s?GB$/);
  expect(percent(0)).toMatch(/^0\s?%$/);
  expect(percent(0.0001)).not.toMatch(/^0\s?%$/);
});

test("days are named from where the viewer stands", () => {
  const day = (back: number): number => new Date(2026, 5, 10 - back).getTime();
  expect(dayTitle(day(0), noonMs)).toBe(words.dayNames.today);
  expect(dayTitle(day(1), noonMs)).toBe(words.dayNames.yesterday);
  expect(dayTitle(day(2), noonMs)).not.toContain("2026");
  expect(dayTitle(day(400), noonMs)).toContain("2025");
});

test("a time written from right to left is held together, any other is left as it is", () => {
  const arabic = new Intl.DateTimeFormat("ar-EG", { timeStyle: "short" }).format(noonMs);
  expect(isolated(arabic)).toBe(`\u2068${arabic}\u2069`);
  expect(isolated("12:00 PM")).toBe("12:00 PM");
});
