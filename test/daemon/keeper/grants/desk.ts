/**
 * A grant book on a simulated disk, with a ledger and a courier that a test can look into and break.
 *
 * Two owners (Ada 1, Bo 2), one clip of `fragments` sealed to both, one agency that has asked.
 */
import { emptyHousehold, joined, type Household } from "../../../../daemon/household/household.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../../daemon/identity/keys.ts";
import { ClockTrust } from "../../../../daemon/keeper/clock-trust.ts";
import { GrantBook } from "../../../../daemon/keeper/grants/grant-book.ts";
import type { Asked, GrantPorts } from "../../../../daemon/keeper/grants/ports.ts";
import type { Happened } from "../../../../daemon/keeper/history.ts";
import { parseRecipient } from "../../../../daemon/seal/age/keys.ts";
import { seal } from "../../../../daemon/seal/age/seal.ts";
import type { GrantCard } from "../../../../daemon/wire/api-consent.ts";
import type { Chunk } from "../../../../daemon/wire/chunk.ts";
import type { ClipManifest } from "../../../../daemon/wire/manifest.ts";
import type { GateRefusal, KeeperToCourier } from "../../../../daemon/wire/messages.ts";
import { clipFiles, dayOf } from "../../../../daemon/wire/paths.ts";
import { settingsSchema, type Settings } from "../../../../config/schema.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { testAgency, testPortalUrl, testRequest } from "../../../../scripts/rigs/agency.ts";
import {
  composeOrder,
  revocationOf,
  type ComposedGrant,
  type GrantDraft,
  type ReadSealed,
} from "../../../../scripts/rigs/grant.ts";
import { firstRecord, testKeys } from "../../../../scripts/rigs/paired.ts";
import { SimDisk } from "../../../world/disk.ts";

export const ada = testKeys(1);
export const bo = testKeys(2);
/** Is no owner. */
export const eve = testKeys(9);
export const device = testKeys(70).signKey;
export const agency = testAgency();
export const requestHash = "ab".repeat(32);
export const orderHash = "cd".repeat(32);
export const clipId = "clip-000001";

export interface Desk {
  readonly clock: SimClock;
  readonly settings: Settings;
  disk: SimDisk;
  book: GrantBook;
  household: Household;
  /** What the ledger has. */
  readonly entries: Happened[];
  ledgerFull: boolean;
  /** Everything the courier was told. */
  readonly told: KeeperToCourier[];
  readonly chunks: Chunk[];
  courierThere: boolean;
  asked: Asked;
  /** What each folder is to this disk. */
  home: string;
  readonly answered: string[];
  /** The next start, on this disk. */
  restart(disk?: SimDisk): Promise<void>;
}

export interface DeskOptions {
  readonly coolingOffS?: number;
  readonly fragments?: number;
  readonly bytesEach?: number;
}

const people = [
  ["owner-02", "Bo", bo],
  ["owner-03", "Cem", testKeys(3)],
] as const;

export function testHousehold(): Household {
  return people.reduce(
    (household, [id, name, keys]) => enrolled(household, id, { name, keys }),
    joined(emptyHousehold(device), firstRecord(device, ada)),
  );
}

function enrolled(household: Household, id: string, { name, keys }: { name: string; keys: Keys }): Household {
  const { count: seq, head: prev } = household;
  const person = { id, name, role: "owner", signKey: keys.signKey, sealTo: keys.sealTo };
  const record = { type: "enrol", device, seq, prev, issuedAt: 1, person };
  return joined(household, signEnvelope(ada, payloadTypes.household, record));
}

/** Ada goes; Bo says so. */
export function withoutAda(household: Household): Household {
  const { count: seq, head: prev } = household;
  const record = { type: "remove", device, seq, prev, issuedAt: 2, person: "owner-01" };
  return joined(household, signEnvelope(bo, payloadTypes.household, record));
}

export async function writeSimClip(
  disk: SimDisk,
  { id, startWallMs, fragments = 3, bytesEach = 2_000 }: SimClip,
): Promise<void> {
  const folder = `clips/${dayOf(startWallMs)}/${id}`;
  const viewers = [ada, bo].map(({ sealTo }) => parseRecipient(sealTo));
  await disk.write(`${folder}/${clipFiles.init}`, seal(new Uint8Array(700).fill(1), viewers));
  for (let index = 0; index < fragments; index += 1)
    await disk.write(
      `${folder}/${clipFiles.fragment(index)}`,
      seal(new Uint8Array(bytesEach + index).fill(index), viewers),
    );
  await disk.write(
    `${folder}/${clipFiles.manifest}`,
    new TextEncoder().encode(JSON.stringify(manifestOf({ id, startWallMs, fragments, bytesEach }))),
  );
}

interface SimClip {
  readonly id: string;
  readonly startWallMs: number;
  readonly fragments?: number;
  readonly bytesEach?: number;
}

function manifestOf({ id, startWallMs, fragments = 3 }: SimClip): ClipManifest {
  return {
    version: 1,
    clip: id,
    startWallMs,
    codec: "avc1.42c01f",
    width: 640,
    height: 480,
    events: [{ event: "event-000001", kind: "ring", startWallMs }],
    fragments: Array.from({ length: fragments }, (_, index) => ({
      index,
      startMs: index * 2_000,
      durationMs: 2_000,
      bytes: 1,
      sha256: "",
    })),
    closed: { endWallMs: startWallMs + fragments * 2_000, reason: "quiet" },
  };
}

export function readFrom(disk: SimDisk, startWallMs: number): ReadSealed {
  return async (clip, name) => {
    const bytes = await disk.read(`clips/${dayOf(startWallMs)}/${clip}/${name}`);
    if (bytes === null) throw new Fault("not-found", `${name} is gone`);
    return bytes;
  };
}

export function recordedAt(clock: SimClock): number {
  return clock.wallMs() - 3_600_000;
}

export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const { coolingOffS = 0, fragments = 3, bytesEach = 2_000 } = options;
  const clock = new SimClock();
  const settings = settingsSchema.parse({
    portal: { url: testPortalUrl },
    consent: { coolingOffS },
    archive: { to: "https://nas.test/files" },
  });
  const disk = new SimDisk();
  await writeSimClip(disk, { id: clipId, startWallMs: recordedAt(clock), fragments, bytesEach });
  const request = testRequest(agency, { nowMs: clock.wallMs() });
  const desk: Omit<Desk, "book" | "restart"> = {
    clock,
    settings,
    disk,
    household: testHousehold(),
    entries: [],
    ledgerFull: false,
    told: [],
    chunks: [],
    courierThere: true,
    home: "disk-1",
    answered: [],
    asked: {
      request: (hash) => (hash === requestHash ? { request, state: "shown" } : null),
      agency: (id) => (id === agency.profile.id ? agency.profile : null),
      agencyKeys: (id) => (id === agency.profile.id ? [agency.keys.signKey] : []),
      courtOrder: () => null,
      granted: async (hash) => void desk.answered.push(`granted ${hash.slice(0, 4)}`),
      grantCancelled: async (hash) => void desk.answered.push(`cancelled ${hash.slice(0, 4)}`),
    },
  };
  const whole: Desk = Object.assign(desk, {
    book: await openBook(desk),
    async restart(next = whole.disk.survivor()) {
      whole.disk = next;
      whole.book = await openBook(whole);
    },
  });
  return whole;
}

async function openBook(desk: Omit<Desk, "book" | "restart">): Promise<GrantBook> {
  const { clock, settings } = desk;
  const clockTrust = await ClockTrust.open(desk.disk, clock);
  const ports: GrantPorts = {
    files: desk.disk,
    clock,
    clockTrust,
    random: () => 0.5,
    settings,
    household: () => desk.household,
    get asked() {
      return desk.asked;
    },
    ledger: {
      async append(happened) {
        if (desk.ledgerFull) throw new Fault("exhausted", "no room for the ledger");
        desk.entries.push(happened);
      },
    },
    courier: {
      get connected() {
        return desk.courierThere;
      },
      send: (message) => desk.told.push(message),
      sendChunk: (chunk) => desk.chunks.push(chunk),
    },
    homeOf: async () => desk.home,
    onChange: () => {},
  };
  return GrantBook.open(ports);
}

export function toAgency(): Pick<GrantDraft, "destination" | "recipient"> {
  const { id, name, sealTo, docks } = agency.profile;
  return {
    destination: { kind: "request", request: requestHash, agency: id },
    recipient: { name, sealTo: sealTo[0] ?? "", deliverTo: docks[0] ?? "" },
  };
}

export const neighbour = testKeys(20);

export function toLink(): Pick<GrantDraft, "destination" | "recipient"> {
  return {
    destination: { kind: "link" },
    recipient: {
      name: "whoever has the link",
      sealTo: neighbour.sealTo,
      deliverTo: `${testPortalUrl}/dock/shares`,
    },
  };
}

export function toArchive(): Pick<GrantDraft, "destination" | "recipient"> {
  return {
    destination: { kind: "archive" },
    recipient: { name: "our archive", sealTo: ada.sealTo, deliverTo: "https://nas.test/files" },
  };
}

/** Ada shares fragments 0 and 2 with the agency, unless it is said otherwise. */
export async function compose(desk: Desk, change: Partial<GrantDraft> = {}): Promise<ComposedGrant> {
  const startWallMs = recordedAt(new SimClock());
  const { id, codec, width, height } = { id: clipId, codec: "avc1.42c01f", width: 640, height: 480 };
  const fragments = manifestOf({ id, startWallMs, fragments: 100 }).fragments;
  return composeOrder(
    {
      id: "grant-000001",
      owner: ada,
      device,
      ...toAgency(),
      choices: [{ clip: { id, startWallMs, codec, width, height, fragments }, indexes: [0, 2] }],
      nowMs: desk.clock.wallMs(),
      ...change,
    },
    readFrom(desk.disk, startWallMs),
  );
}

export async function keep(desk: Desk, change: Partial<GrantDraft> = {}): Promise<ComposedGrant> {
  const composed = await compose(desk, change);
  await desk.book.keep(composed.order);
  return composed;
}

/** As the courier asks: the chunk, or why not. */
export async function askChunk(desk: Desk, grant: string, offset: number): Promise<Chunk | GateRefusal> {
  const [chunks, told] = [desk.chunks.length, desk.told.length];
  await desk.book.handle({ type: "chunk-asked", grant, offset });
  const chunk = desk.chunks[chunks];
  if (chunk !== undefined) return chunk;
  const refused = desk.told.slice(told).find((each) => each.type === "chunk-refused");
  if (refused?.type !== "chunk-refused") throw new Error("the keeper did not answer");
  return refused.reason;
}

/** Everything from `offset` on, or up to the first refusal. */
export async function askAll(
  desk: Desk,
  { grant }: ComposedGrant,
  offset = 0,
): Promise<{ bytes: Uint8Array; refusal: GateRefusal | null }> {
  const total = grant.items.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts: Uint8Array[] = [];
  for (let at = offset; at < total;) {
    const answer = await askChunk(desk, grant.id, at);
    if (typeof answer === "string") return { bytes: Buffer.concat(parts), refusal: answer };
    parts.push(answer.bytes.subarray(at - answer.offset));
    at = answer.offset + answer.bytes.length;
  }
  return { bytes: Buffer.concat(parts), refusal: null };
}

export async function say(
  desk: Desk,
  { grant, parcel }: ComposedGrant,
  state: "sending" | "delivered" | "failed" | "stopped",
  { offset = parcel.length, ...more }: { offset?: number; fault?: GrantCard["fault"] } = {},
): Promise<void> {
  await desk.book.handle({
    type: "parcel-state",
    grant: grant.id,
    state,
    location: `${testPortalUrl}/upload/1`,
    offset,
    ...(more.fault == null ? {} : { fault: more.fault }),
  });
}

export async function deliver(desk: Desk, composed: ComposedGrant): Promise<void> {
  await askAll(desk, composed);
  await say(desk, composed, "delivered");
}

export async function revoke(desk: Desk, { grant }: ComposedGrant, by: Keys = bo): Promise<GrantCard> {
  return desk.book.revoke(grant.id, revocationOf(grant, by, desk.clock.wallMs()));
}

export function stateOf(desk: Desk, { grant }: ComposedGrant): GrantCard["state"] {
  return desk.book.card(grant.id).state;
}

export function toldOf<T extends KeeperToCourier["type"]>(
  desk: Desk,
  type: T,
): Extract<KeeperToCourier, { type: T }>[] {
  return desk.told.filter((each): each is Extract<KeeperToCourier, { type: T }> => each.type === type);
}

export function whats(desk: Desk): string[] {
  return desk.entries.map(({ what }) => what);
}
