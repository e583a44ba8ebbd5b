/**
 * World: one schedule from a seed: doorbells on copies of the first disks, so many steps, and a last look.
 */
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import { Doorbell } from "./doorbell.ts";
import { deviceKeys, firstLog } from "./cast.ts";
import { clipFilesOfWorld } from "./clips.ts";
import { SimDisk } from "./disk.ts";
import { Random } from "./random.ts";
import { begin, step, type World } from "./steps.ts";
import { Truth } from "./truth.ts";

export interface Played {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly story: readonly string[];
  readonly chunks: number;
  readonly delivered: number;
  readonly revoked: number;
}

/** Each with clips, its place, and the first requests read. */
const firstDisks = await Promise.all(deviceKeys.map((_keys, number) => firstDisk(number)));

async function firstDisk(number: number): Promise<SimDisk> {
  const door = new Doorbell({
    number,
    truth: new Truth(),
    random: new Random(number),
    disk: new SimDisk(clipFilesOfWorld),
  });
  await door.read(firstLog);
  const { requests } = await door.running();
  await requests.settle();
  return door.disk.survivor();
}

export async function play(seed: number, steps: number): Promise<Played> {
  const random = new Random(seed);
  const truth = new Truth();
  // the third lives 500 km away and is tried now and then
  const numbers = random.chance(0.1) ? [0, 2] : [0, 1];
  const doorbells = numbers.map(
    (number) =>
      new Doorbell({ number, truth, random, disk: firstDisks[number]?.survivor() ?? new SimDisk() }),
  );
  const world: World = { random, truth, doorbells, backups: new Map(), story: [] };
  const cards = await lived(world, steps);
  const revoked = cards.filter(({ state }) => state === "revoked" || state === "cancelled").length;
  const delivered = cards.filter(({ deliveredWallMs }) => deliveredWallMs !== null).length;
  return { seed, violations: truth.violations, story: world.story, chunks: truth.chunks, delivered, revoked };
}

/** What breaks is a violation too, with its story. */
async function lived(world: World, steps: number): Promise<readonly GrantCard[]> {
  try {
    await begin(world);
    for (let n = 0; n < steps; n += 1) await step(world);
    return await lastLook(world);
  } catch (error) {
    world.truth.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return [];
  }
}

/** After another start: what was revoked is, and what left is in the ledger that is on the disk. */
async function lastLook({ truth, doorbells }: World): Promise<GrantCard[]> {
  const all: GrantCard[] = [];
  for (const door of doorbells) {
    door.disk.full = false;
    door.disk.cut();
    const { grants, ledger } = await door.running();
    const page = await ledger.page({ before: null, limit: 200, without: [] });
    const intended = new Set(
      page.entries.flatMap(({ kind, opening }) =>
        kind === "send-intent" ? (opening?.about?.grant ?? []) : [],
      ),
    );
    for (const card of grants.cards) {
      all.push(card);
      const isStopped = ["revoked", "cancelled", "deletion-asked", "suspended"].includes(card.state);
      if (truth.revoked.has(card.id) && !isStopped && door.home === 1)
        truth.violations.push(`${card.id} was revoked and is ${card.state}`);
      const hasLeft = (truth.received.get(card.id) ?? 0) > 0;
      if (hasLeft && door.home === 1 && page.next === null && !intended.has(card.id))
        truth.violations.push(`${card.id} left and the ledger does not say so`);
    }
  }
  return all;
}
