/**
 * Steps: what can happen in the world, each with how often. A step never judges; the truth does.
 */
import type { Household } from "../../daemon/household/household.ts";
import { Fault } from "../../hal/fault.ts";
import { revocationOf } from "../../scripts/rigs/grant.ts";
import {
  agency,
  enrolled,
  laterLog,
  lies,
  ownerNames,
  people,
  removed,
  requests,
  type Name,
} from "./cast.ts";
import { clips } from "./clips.ts";
import type { SimDisk } from "./disk.ts";
import type { Doorbell, Running } from "./doorbell.ts";
import { orders, type WorldOrder } from "./orders.ts";
import type { Random } from "./random.ts";
import type { Truth } from "./truth.ts";

export interface World {
  readonly random: Random;
  readonly truth: Truth;
  readonly doorbells: readonly Doorbell[];
  readonly backups: Map<number, SimDisk>;
  /** What was done, for the report of a failing seed. */
  readonly story: string[];
}

interface Scene {
  readonly world: World;
  readonly door: Doorbell;
  readonly run: Running;
}

type Step = (scene: Scene) => Promise<string | null> | string | null;

const names: readonly [Name, ...Name[]] = ["ada", "bo", "cem", "eve"];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What is refused is refused in words; anything but a Fault is a bug. */
async function tried(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return "done";
  } catch (error) {
    if (!(error instanceof Fault) || error.kind === "bug") throw error;
    return `${error.kind}: ${error.message}`;
  }
}

async function sign({ world, door, run }: Scene): Promise<string> {
  const foreign = world.random.chance(0.1);
  const whose = foreign ? world.random.below(orders.length) : door.number;
  const wantsSound = world.random.chance(0.8);
  const order = world.random.pick((orders[whose] ?? []).filter(({ sound }) => sound === wantsSound));
  if (order === undefined) return "nothing to sign";
  return `sign ${order.id} (${order.why}): ${await tried(() => handIn({ world, door, run }, order))}`;
}

async function handIn({ world, door, run }: Scene, order: WorldOrder): Promise<void> {
  const isOwner = door.household.people.some(({ signKey }) => signKey === order.signer.signKey);
  await run.grants.keep(order.order);
  if (!order.sound || order.device !== door.keys.signKey || !isOwner)
    world.truth.violations.push(`kept a grant that is ${order.why}: ${order.id}`);
}

async function revoke(scene: Scene): Promise<string> {
  const { world, run } = scene;
  const card = world.random.pick(run.grants.cards);
  if (card === undefined) return "nothing to revoke";
  const by = world.random.pick(names);
  return `${by} revokes ${card.id}: ${await tried(() => revokeBy(scene, card.id, by))}`;
}

async function revokeBy({ world, door, run }: Scene, grant: string, by: Name): Promise<void> {
  const device = door.keys.signKey;
  const isOwner = ownerNames(door.household).includes(by);
  const card = await run.grants.revoke(
    grant,
    revocationOf({ id: grant, device }, people[by], door.clock.wallMs()),
  );
  if (run.disk.dead) return;
  if (!isOwner) world.truth.violations.push(`${by}, who is no owner, revoked ${grant}`);
  if (!["revoked", "cancelled"].includes(card.state))
    world.truth.violations.push(`${grant} is ${card.state} after it was revoked`);
  world.truth.revoked.add(grant);
}

/** Owners let go on what none of them revoked, and only while the clock is right. */
async function resume({ world, door, run }: Scene): Promise<string | null> {
  const card = world.random.pick(run.grants.cards.filter(({ id }) => !world.truth.revoked.has(id)));
  const offMs = Math.abs(door.clock.wallMs() - world.truth.trueMs(door.clock));
  if (card === undefined || offMs > world.truth.unseenBackMs) return null;
  return `resume ${card.id}: ${await tried(() => run.grants.resume(card.id, "Ada"))}`;
}

async function carry({ world, door, run }: Scene): Promise<string> {
  await run.grants.tick();
  const jobs = [...door.courier.jobs.values()];
  for (const job of jobs)
    for (let n = world.random.below(4); n >= 0 && door.courier.jobs.has(job.grant) && !run.disk.dead; n -= 1)
      await door.courier.carry(run.grants, job);
  return `carry ${jobs.length}`;
}

/** A courier that was taken over asks for what it likes, and says what it likes. */
async function lie({ world, run }: Scene): Promise<string> {
  const { random } = world;
  const all = orders.flat();
  const order = random.pick(all);
  if (order === undefined) return "no lie";
  const total = order.composed.parcel.length;
  const offset = random.pick([0, total - 1, total, random.below(total)]);
  if (random.chance(0.5)) await run.grants.handle({ type: "chunk-asked", grant: order.id, offset });
  else {
    const state = random.pick(["delivered", "sending", "failed", "stopped"] as const);
    await run.grants.handle({ type: "parcel-state", grant: order.id, state, location: null, offset: total });
  }
  return `the courier lies about ${order.id}`;
}

/** All at once: nothing waits for anything. */
async function race(scene: Scene): Promise<string> {
  const { world, door, run } = scene;
  const order = world.random.pick(orders[door.number] ?? []);
  const [job] = door.courier.jobs.values();
  const id = job?.grant ?? order?.id ?? "";
  const acts = [
    () => (order === undefined ? Promise.resolve() : handIn(scene, order)),
    () => revokeBy(scene, id, "bo"),
    () => (job === undefined ? Promise.resolve() : door.courier.carry(run.grants, job)),
    () => run.grants.tick(),
    () => revokeBy(scene, id, "ada"),
  ];
  const done = await Promise.all(acts.map(tried));
  return `race for ${id}: ${done.join(", ")}`;
}

async function pass({ world, door, run }: Scene): Promise<string> {
  const long = world.random.pick([4 * hourMs, 26 * hourMs]);
  const ms = world.random.pick([
    1_000,
    31_000,
    31_000,
    45_000,
    5 * minuteMs,
    5 * minuteMs,
    25 * minuteMs,
    long,
  ]);
  await door.clock.advance(ms);
  await tried(() => run.requests.settle());
  await run.grants.tick();
  return `${ms / 1_000} s pass`;
}

function stepClock({ world, door }: Scene): string {
  const small = -1_000 * world.random.below(50);
  const ms = world.random.pick([
    small,
    -2 * hourMs,
    -40 * hourMs,
    3 * hourMs,
    -30 * 24 * hourMs,
    20 * minuteMs,
  ]);
  door.clock.stepWall(ms);
  if (ms === small) world.truth.unseenBackMs += -small;
  return `the clock steps ${ms / 1_000} s`;
}

function rightClock({ world, door }: Scene): string {
  door.clock.stepWall(world.truth.trueMs(door.clock) - door.clock.wallMs());
  return "the clock is right again";
}

function changePeople({ world, door }: Scene): string {
  const inside = ownerNames(door.household);
  const name = world.random.pick(["ada", "bo", "cem"] as const);
  const by = inside.find((each) => each !== name);
  if (by === undefined) return "nobody to change";
  const change = (household: Household): Household =>
    inside.includes(name) ? removed(household, name, by) : enrolled(household, name, by);
  door.household = change(door.household);
  return `${by} ${inside.includes(name) ? "removes" : "lets in"} ${name}`;
}

/** At one of the next changes of the disk, somewhere inside it. */
function cutSoon({ world, run }: Scene): string {
  let left = world.random.below(6);
  const frac = world.random.pick([0, 0.3, 0.9, 1]);
  run.disk.plugIn(() => ((left -= 1) < 0 ? frac : null));
  return `the power will go`;
}

function cutNow({ run }: Scene): string {
  run.disk.cut();
  return "the power goes";
}

function backUp({ world, door }: Scene): string {
  world.backups.set(door.number, door.disk.survivor());
  return "a backup is made";
}

function restore({ world, door }: Scene): string | null {
  const backup = world.backups.get(door.number);
  if (backup === undefined) return null;
  door.restore(backup);
  world.truth.knowsNewKeys.delete(door.keys.signKey);
  return "a backup is put back";
}

function fill({ world, run }: Scene): string {
  run.disk.full = world.random.chance(0.5);
  return run.disk.full ? "the disk is full" : "there is room";
}

async function deleteClip({ world, door, run }: Scene): Promise<string> {
  const clip = world.random.pick(clips);
  if (clip === undefined) return "no clip";
  door.deleted.add(clip.id);
  await tried(async () => {
    for (const name of await run.disk.list(clip.folder)) await run.disk.remove(`${clip.folder}/${name}`);
  });
  return `${clip.id} is deleted`;
}

async function refuse({ world, run }: Scene): Promise<string> {
  const { hash } = world.random.pick(requests) ?? requests[0] ?? { hash: "" };
  return `refuse: ${await tried(() => run.requests.refuse(hash, "Ada"))}`;
}

async function feed({ world, door, run }: Scene): Promise<string> {
  await door.read(laterLog);
  const version = run.store.kept.agencies.get(agency.profile.id)?.profile.version;
  if (version === 2 && !run.disk.dead) world.truth.knowsNewKeys.add(door.keys.signKey);
  return `the log: the agency has new keys (${version})`;
}

/** Another history, a shorter one, entries that are none: nothing of it may count. */
async function lyingPortal({ world, door, run }: Scene): Promise<string> {
  const before = run.store.kept.range.size;
  await door.read(world.random.pick(lies) ?? laterLog);
  if (!run.disk.dead && run.store.kept.range.size < before) world.truth.violations.push("the log went back");
  return "the portal lies";
}

function courierGoes({ door, run }: Scene): string {
  door.courier.connected = false;
  door.courier.jobs.clear();
  run.grants.courierLeft();
  return "the courier is gone";
}

async function courierComes({ door, run }: Scene): Promise<string> {
  door.courier.connected = true;
  await run.grants.courierArrived().catch(() => {}); // the power may be cut meanwhile; the next start tells
  return "the courier is back";
}

/** How often of all. */
const weights: readonly (readonly [number, Step])[] = [
  [14, sign],
  [8, revoke],
  [22, carry],
  [5, resume],
  [4, lie],
  [6, race],
  [14, pass],
  [4, stepClock],
  [3, rightClock],
  [4, changePeople],
  [6, cutSoon],
  [3, cutNow],
  [2, backUp],
  [2, restore],
  [3, fill],
  [1, deleteClip],
  [1, refuse],
  [2, feed],
  [2, lyingPortal],
  [2, courierGoes],
  [4, courierComes],
];
const total = weights.reduce((sum, [weight]) => sum + weight, 0);

function draw(random: Random): Step {
  let at = random.below(total);
  for (const [weight, step] of weights) {
    if (at < weight) return step;
    at -= weight;
  }
  return pass;
}

/** An owner signs and the cooling-off time goes by: how most stories begin. */
export async function begin(world: World): Promise<void> {
  const [door] = world.doorbells;
  if (door === undefined) throw new Fault("bug", "a world without doorbells");
  for (const act of [sign, sign, pass])
    world.story.push(`${door.number}: ${await act({ world, door, run: await door.running() })}`);
}

export async function step(world: World): Promise<void> {
  const door = world.random.chance(0.7) ? world.doorbells[0] : world.random.pick(world.doorbells);
  if (door === undefined) throw new Fault("bug", "a world without doorbells");
  const scene = { world, door, run: await door.running() };
  const what = await draw(world.random)(scene);
  if (what !== null) world.story.push(`${door.number}: ${what}`);
}
