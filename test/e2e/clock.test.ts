/**
 * The real processes on a clock that is ten years off, or in 1970, when they start: nothing is deleted, the page says
 * what is wrong with the clock, and once it is right nothing is left of it. What the gate makes of it is in
 * test/daemon/keeper/grants.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { smallPicture, startHouse } from "../../scripts/rigs/crash/house.ts";
import { pairFolder } from "../../scripts/rigs/paired.ts";
import { getJson, human, signIn } from "../../scripts/rigs/person.ts";
import { eventIn, writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const wait = { timeout: 60_000, interval: 100 };
const flags = [...smallPicture, "--sim.visitorsPerHour=0", "--storage.minFreeMb=0"];
const library = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketime.so.1`;

/** For the processes alone: running time is left as it is. */
const clockAt = (time: string): Record<string, string> => ({
  LD_PRELOAD: library,
  FAKETIME: time,
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
});

/** Starts, waits until the doorbell says `words` of its clock (null: nothing), and answers which events it has. */
async function eventsAt(data: string, env: Record<string, string>, words: RegExp | null): Promise<string[]> {
  await using house = await startHouse({ data, flags, env });
  expect(await house.listening, house.output()).toBe(true);
  const owner = await signIn(house.url, human(1));
  const events = await vi.waitFor(async () => {
    const page = await getJson<{ events: Event[] }>(owner, "/api/events");
    expect(page.events.length, house.output()).toBeGreaterThan(0);
    return page.events;
  }, wait);
  await vi.waitFor(async () => {
    expect(existsSync(join(data, "consent", "clock.json"))).toBe(true); // the gate has looked
    const { clock } = await getJson<Status>(owner, "/api/status");
    const { problems } = (await (await fetch(`${house.url}/healthz`)).json()) as { problems: string[] };
    if (words === null) expect(clock).toBe(undefined);
    else expect(clock?.message).toMatch(words);
    if (clock !== undefined) expect(problems).toContain(clock.message);
  }, wait);
  await house.stop();
  return events.map(({ id }) => id);
}

const behind = (year: string): RegExp =>
  new RegExp(
    `^the clock shows ${year}.* has passed already: nothing is deleted for its age and nothing is sent$`,
    "u",
  );

test(
  "a clock ten years off, or in 1970, at the start deletes nothing, is told, and leaves nothing behind",
  { timeout: 400_000 },
  async (context) => {
    if (!existsSync(library)) return context.skip(`SKIPPED: no ${library} (apt-get install faketime)`);
    await using folder = await tempFolder();
    const data = join(folder.path, "data");
    await pairFolder(data);
    const startWallMs = Date.now() - 3_600_000;
    const event = eventIn("event-old", startWallMs);
    const clip = await writeClip(dataPaths(data), { id: "clip-0001", startWallMs, events: [event] });
    const seen: unknown[] = [];
    for (const [env, words] of [
      [{}, null],
      [
        clockAt("+3652d"),
        /^the clock shows .* long after .*: nothing is deleted for its age and nothing is sent$/u,
      ],
      [clockAt("-3652d"), behind("20")],
      [clockAt("@1970-01-01 00:10:00"), behind("1970")],
      [{}, /^the clock jumped/u], // the gate believes it at once; what deletes waits a day
    ] as const)
      seen.push([await eventsAt(data, env, words), existsSync(clip.folder)]);
    expect(seen).toEqual(Array.from({ length: 5 }, () => [["event-old"], true]));
  },
);
