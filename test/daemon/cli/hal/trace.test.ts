/**
 * `sill hal record` and `sill hal replay`, as they are typed.
 */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Moment } from "../../../../hal/trace/format.ts";
import { recordTrace } from "../../../../daemon/cli/hal/record.ts";
import { watchLines } from "../../../../daemon/cli/hal/watch.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { openDoor, testSettings } from "../../keeper/door.ts";
import { until as waitUntil } from "../../keeper/page.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { buttonLine, replayed, traceOf } from "../../../hal/trace/rigs.ts";
import { sill } from "../command-line.ts";
import { interruptOf, listenedTo } from "./rigs.ts";

const bounce: Moment[] = [0, 4, 9].map((ms, index) => {
  return { type: "edge", atNs: 1e9 + ms * 1e6, line: "button", active: index % 2 === 0 };
});
const press: Moment = { type: "outcome", atNs: 1e9, line: "button", active: true };

async function saved(folder: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, "bug.trace.jsonl");
  await writeFile(file, bytes);
  return file;
}

test("without a doorbell the lines are taken, and a quiet moment is a whole trace", async () => {
  await using folder = await tempFolder();
  const file = join(folder.path, "quiet.trace.jsonl");
  const { code, out, err } = await sill(
    `hal record ${file} --for 50ms --data ${folder.path}/none --sim.visitorsPerHour=0`,
  );
  expect([code, err]).toEqual([
    0,
    "recording button (sim button), pir (sim pir); no doorbell runs here: the lines are taken. Ctrl-C ends it.",
  ]);
  expect(out).toMatch(/quiet\.trace\.jsonl: \d+ ms, .*B$/u);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await sill(`hal replay ${file}`)).code).toBe(0);
});

test("a file that is there is not written over", async () => {
  await using folder = await tempFolder();
  const file = await saved(folder.path, Buffer.from("mine"));
  const { code, err } = await sill(`hal record ${file} --for 50ms --data ${folder.path}/none`);
  expect([code, err]).toEqual([4, expect.stringContaining("already there and is not overwritten")]);
  expect(await readFile(file, "utf8")).toBe("mine");
});

test("beside a running doorbell it records what that feels and does, while it goes on ringing", async () => {
  await using door = await openDoor();
  await using folder = await tempFolder();
  const file = join(folder.path, "house.trace.jsonl");
  const until = interruptOf();
  const settings = testSettings(door.paths.root);
  const options = { settings, file, names: null, maxBytes: 1e6, picturesPerS: 0, clock: systemClock, until };
  const { promise: started, resolve: onStarted } = Promise.withResolvers<unknown>();
  const recording = recordTrace({ ...options, onStarted });
  await started;
  await door.button.press();
  await door.pir.edge(true);
  until.stop();
  const { reason, counts } = await recording;
  expect([reason, door.chime.sounded]).toEqual(["asked", 1]);
  expect(counts).toMatchObject({ outcome: 2, output: expect.any(Number) });
  const replay = await replayed(await readFile(file));
  expect(replay.header.by).toBe("house");
  expect(replay.played.map(({ type }) => type)).toEqual(["press", "level"]);
  expect(replay.differences).toEqual([]);
});

test("a doorbell that ends meanwhile ends the trace, which is whole", async () => {
  await using folder = await tempFolder();
  const file = join(folder.path, "house.trace.jsonl");
  const door = await openDoor();
  const settings = testSettings(door.paths.root);
  const options = {
    settings,
    file,
    names: null,
    maxBytes: 1e6,
    picturesPerS: 0,
    clock: systemClock,
    until: interruptOf(),
  };
  const { promise: started, resolve: onStarted } = Promise.withResolvers<unknown>();
  const recording = recordTrace({ ...options, onStarted });
  await started;
  await door[Symbol.asyncDispose]();
  expect((await recording).reason).toBe("house-gone");
  expect(await replayed(await readFile(file))).toMatchObject({ state: "complete", reason: "house-gone" });
});

test("a replay says in words and numbers what happened, and that it is what was recorded", async () => {
  await using folder = await tempFolder();
  const file = await saved(folder.path, traceOf([...bounce, press]));
  const { code, out } = await sill(`hal replay ${file}`);
  expect(code).toBe(0);
  expect(out).toContain("1.000 000 s  button  pressed");
  expect(out).toMatch(/button +pinctrl-rp1 17 +20 ms +3 +1 +1 +9\.0 ms/u);
  expect(out.split("\n").at(-1)).toBe("the replay gives what was recorded");
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("a press that was recorded and does not come out now is a difference, with its place and exit code", async () => {
  await using folder = await tempFolder();
  const late: Moment = { ...press, atNs: 1_004_000_000 };
  const file = await saved(folder.path, traceOf([...bounce, late]));
  const { code, out } = await sill(`hal replay ${file}`);
  expect(code).toBe(8);
  expect(out).toContain("the replay differs from what was recorded in 2 places:");
  expect(out).toMatch(/1\.000 000 s +button +recorded nothing +replayed active/u);
  expect(out).toMatch(/1\.004 000 s +button +recorded active +replayed nothing/u);
  const json = await sill(`hal replay ${file} --json`);
  const summary: unknown = JSON.parse(json.out.split("\n").at(-1) ?? "");
  expect([json.code, summary]).toMatchObject([
    8,
    { type: "summary", state: "complete", differences: { length: 2 } },
  ]);
});

test("another debounce says what would have been pressed", async () => {
  await using folder = await tempFolder();
  const file = await saved(folder.path, traceOf([...bounce, press], { lines: [buttonLine] }));
  const { code, out } = await sill(`hal replay ${file} --debounce 3`);
  expect([code, out.match(/pressed/gu)?.length]).toEqual([0, 2]);
  expect(out).toContain("another debounce than recorded: nothing was compared");
});

test.each([
  ["another file", () => Buffer.from("hello\n"), 2, "this is no trace: it does not begin with a header"],
  ["half a header", () => traceOf([]).subarray(0, 40), 8, "cut off inside its header"],
  [
    "a newer one",
    () => Buffer.from('{"type":"trace","version":9}\n'),
    2,
    "version 9; this Sill reads 1 and 2",
  ],
  [
    "a changed one",
    () =>
      Buffer.from(
        traceOf([...bounce, press])
          .toString()
          .replace("1004", "1005"),
      ),
    8,
    "SHA-256",
  ],
])("%s is told in words, with the file's name", async (_, bytes, expected, words) => {
  await using folder = await tempFolder();
  const file = await saved(folder.path, bytes());
  const { code, err } = await sill(`hal replay ${file}`);
  expect([code, err]).toEqual([expected, expect.stringContaining(words)]);
  expect(err).toContain("bug.trace.jsonl");
});

test("half a file gives what is whole and says that it was cut", async () => {
  await using folder = await tempFolder();
  const whole = traceOf([...bounce, press, ...bounce]);
  const file = await saved(folder.path, whole.subarray(0, whole.length - 300));
  const { code, out } = await sill(`hal replay ${file}`);
  expect(code).toBe(0);
  expect(out).toMatch(/end +cut off: it has no closing record; \d+ bytes of half a last line were left out/u);
});

test.each([
  ["hal record", 2, "something is missing"],
  ["hal record x --for tomorrow", 2, '--for "tomorrow" is not allowed'],
  ["hal record x --max 0", 2, '--max "0" is not allowed'],
  ["hal record x --frames 3", 2, '--frames "3" is not allowed; allowed: pictures a second, from 0.1 to 2'],
  ["hal record x --frames 1", 5, "pictures come masked from a running doorbell, and none runs here"],
  ["hal record x --lines bell", 2, '"bell" is no line'],
  ["hal record x --lines chime", 2, "the chime is an output: it is heard only beside a running doorbell"],
  ["hal replay /nowhere/x", 3, "/nowhere/x: "],
  ["hal replay /tmp", 2, "/tmp: this is no file"],
  ["hal replay x --debounce fast", 2, '--debounce "fast" is not allowed'],
  ["hal pulse chime", 3, "there is no chime to drive: chime.driver is sim"],
  ["hal pulse chime --times 0", 2, '--times "0" is not allowed'],
  ["hal watch --lines pir,pir", 2, 'the line "pir" is named twice'],
])("sill %s is refused in words", async (line, expected, words) => {
  const { code, err } = await sill(`${line} ${line.includes("replay") ? "" : "--data /nowhere/sill"}`);
  expect([code, err]).toEqual([expected, expect.stringContaining(words)]);
});

test("a watch that is piped prints one line per edge", async () => {
  await using door = await openDoor();
  const until = interruptOf();
  const [out, err]: [string[], string[]] = [[], []];
  const watching = watchLines({
    settings: testSettings(door.paths.root),
    names: "pir",
    clock: systemClock,
    until,
    json: false,
    terminal: {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      progress: null,
      screen: null,
      read: async () => "",
      cwd: "/",
      env: {},
    },
  });
  await listenedTo(door);
  await door.pir.edge(true);
  await door.button.press();
  await waitUntil(() => out.length === 2);
  until.stop();
  await watching;
  expect(err).toEqual(["watching pir, held by the running doorbell. Ctrl-C ends it."]);
  expect(out).toEqual([
    expect.stringMatching(/^\d+\.\d{3} \d{3} s {2}pir {2}active$/u),
    expect.stringMatching(/^\d+\.\d{3} \d{3} s {2}pir {2}settled active$/u),
  ]);
});
