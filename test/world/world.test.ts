/**
 * I1 at large: thousands of schedules of grants, revocations, ends, crashes, clock steps, removed owners,
 * stolen keys, lying portals and couriers, full disks and restored backups; no byte that left was not granted.
 *
 *   SILL_WORLD_SCHEDULES=10000 npm test -- test/world      more of them
 *   SILL_WORLD_SEED=20 npm test -- test/world              one again, with its story
 */
import { expect, test } from "vitest";
import { play, type Played } from "./world.ts";

const only = process.env["SILL_WORLD_SEED"];
const schedules = Number(process.env["SILL_WORLD_SCHEDULES"] ?? 1_000);
const steps = 24;

async function playAll(): Promise<Played[]> {
  if (only !== undefined) return [await play(Number(only), steps)];
  const played: Played[] = [];
  for (let seed = 1; seed <= schedules; seed += 1) played.push(await play(seed, steps));
  return played;
}

test(`no byte leaves that was not granted, in ${schedules} schedules`, { timeout: 600_000 }, async () => {
  const played = await playAll();
  const failing = played.find(({ violations }) => violations.length > 0);
  const report =
    failing === undefined
      ? ""
      : `SILL_WORLD_SEED=${failing.seed}\n${failing.story.join("\n")}\n${failing.violations.join("\n")}`;
  expect(report).toBe("");
  const sum = (of: (each: Played) => number): number => played.reduce((all, each) => all + of(each), 0);
  const seen = {
    chunks: sum((p) => p.chunks),
    delivered: sum((p) => p.delivered),
    revoked: sum((p) => p.revoked),
  };
  process.stdout.write(`world: ${played.length} schedules, ${JSON.stringify(seen)}\n`);
  if (only !== undefined) return void process.stdout.write(`${played[0]?.story.join("\n")}\n`);
  // it is no proof if little happens
  expect(seen.chunks).toBeGreaterThan(schedules);
  expect(seen.delivered).toBeGreaterThan(schedules / 20);
  expect(seen.revoked).toBeGreaterThan(schedules / 20);
});

test("the same seed is the same world", async () => {
  expect(await play(7, steps)).toEqual(await play(7, steps));
});
