/**
 * Carrying: what is said with the courier about parcels, and the one place where granted bytes are handed
 * over.
 *
 * `chunk`: read the bytes, ask the gate, make the intent durable in the ledger, ask the gate again with what
 * is true then, and hand over in the same step. An intent covers the next `intentBytes` of the parcel, so
 * the ledger may say too much and never too little. What the courier claims is believed no further
 * than that: it cannot have delivered what the ledger did not let leave.
 *
 * A refusal ends the attempt. Those that pass by themselves (clock, ledger) are tried again; others stop the grant.
 */
import { Fault, faultKinds, toFault } from "../../../hal/fault.ts";
import { gate } from "../../consent/gate.ts";
import { isAnswerable, isShare } from "../../consent/grant-state.ts";
import { chunkBytes, parcelBytes } from "../../consent/grant.ts";
import type { CourierToKeeper, GateRefusal } from "../../wire/messages.ts";
import { firstAsking } from "./asking.ts";
import { failed } from "./stops.ts";
import { recipientNow } from "./destinations.ts";
import type { GrantParts } from "./grant-parts.ts";
import { placeOf, readChunk, sha256Of, type ChunkPlace } from "./parcel.ts";
import type { GrantRecord } from "./shelf.ts";
import { entry, intentWords, refusalFault, wireFaultOf } from "./words.ts";

/** What one entry of the ledger covers. */
export const intentBytes = 32 * chunkBytes;
export const retryMs = 30_000;
const untrueRetryMs = 3_600_000;
/** These may pass by themselves. */
const passing = new Set<GateRefusal>(["clock-not-trusted", "intent-not-durable"]);

type ParcelState = Extract<CourierToKeeper, { type: "parcel-state" }>;

interface ReadChunk {
  readonly place: ChunkPlace | null;
  readonly bytes: Uint8Array | null;
  readonly sha256: string | null;
}

export class Carrying {
  readonly #parts: GrantParts;
  asked = 0;
  handedOver = 0;
  refused = 0;

  constructor(parts: GrantParts) {
    this.#parts = parts;
  }

  /** To a courier that is there; one that is away is told when it comes. */
  send(record: GrantRecord): void {
    const { grant, kept } = record;
    const { courier } = this.#parts.ports;
    if (!courier.connected) return;
    record.carriedTo = grant.recipient.deliverTo;
    [record.waits, record.met] = [null, null];
    courier.send({
      type: "parcel-send",
      grant: record.id,
      deliverTo: grant.recipient.deliverTo,
      bytes: parcelBytes(grant),
      letterBytes: grant.items[0]?.bytes ?? 0,
      request: grant.destination.kind === "request" ? grant.destination.request : null,
      keepUntil: isShare(grant) ? grant.notAfter : null,
      location: kept.location,
    });
  }

  /** The courier stops; the dock forgets what is not finished there, and with `all` what is, too. */
  halt(record: GrantRecord, forget: "unfinished" | "all"): void {
    const { deliverTo } = record.grant.recipient;
    record.carriedTo = null;
    const { location } = record.kept;
    const all = forget === "all";
    this.#parts.ports.courier.send({
      type: "parcel-stop",
      grant: record.id,
      deliverTo,
      location,
      forget: all,
    });
  }

  /** Whoever was told is gone, with what it knew. */
  courierLeft(): void {
    for (const record of this.#parts.shelf.all) record.carriedTo = null;
  }

  /** One chunk-asked. Always answered: with the chunk, or with why not. */
  async chunk(id: string, offset: number): Promise<void> {
    this.asked += 1;
    const record = this.#parts.shelf.find(id);
    if (record === null) return this.#refuse(null, { id, offset, reason: "no-such-grant" });
    await record.turns.take(() => this.#chunk(record, offset));
  }

  async #chunk(record: GrantRecord, offset: number): Promise<void> {
    const { id } = record;
    const read = await this.#read(record, offset);
    const early = this.#gate(record, read, true);
    if (early !== null) return this.#refuse(record, { id, offset, reason: early, read });
    if (!isCovered(record, read.place)) await this.#intend(record, read.place);
    const reason = this.#gate(record, read, isCovered(record, read.place));
    if (reason !== null || read.place === null || read.bytes === null)
      return this.#refuse(record, { id, offset, reason: reason ?? "chunk-not-in-manifest", read });
    this.handedOver += 1;
    record.waits = null;
    this.#parts.ports.courier.sendChunk({ grant: id, offset: read.place.from, bytes: read.bytes });
  }

  async #read({ id, grant, headers }: GrantRecord, offset: number): Promise<ReadChunk> {
    const { shelf, recordings } = this.#parts;
    const place = placeOf(grant, offset);
    if (place === null) return { place, bytes: null, sha256: null };
    const readLetter = (from: number, length: number): Promise<Uint8Array | null> =>
      shelf.files.readLetter(id, from, length);
    const bytes = await readChunk(grant, place, { readLetter, headers, recordings });
    return { place, bytes, sha256: bytes === null ? null : sha256Of(bytes) };
  }

  #gate(record: GrantRecord, { place, sha256 }: ReadChunk, intentDurable: boolean): GateRefusal | null {
    const { ports } = this.#parts;
    const { grant, signKey, carriedTo } = record;
    const people = ports.household().people;
    return gate({
      grant: { recipient: grant.recipient, notAfter: grant.notAfter, signKey },
      ownerKeys: people.flatMap((person) => (person.role === "owner" ? [person.signKey] : [])),
      state: record.halted === null ? record.kept.state : record.halted.to,
      revoked: record.revoked,
      clock: ports.clockTrust.now(),
      recipientNow: recipientNow(grant, ports),
      carriedTo,
      wantedSha256: place?.sha256 ?? null,
      sha256,
      intentDurable,
    });
  }

  /** Durable when it resolves; when it cannot be, the gate says so. */
  async #intend(record: GrantRecord, place: ChunkPlace | null): Promise<void> {
    if (place === null) return;
    const { grant, kept } = record;
    const total = parcelBytes(grant);
    const [from, to] = [
      place.from,
      Math.min(total, Math.max(place.from + intentBytes, place.from + place.bytes)),
    ];
    const detail = intentWords(grant, { from, to, of: total });
    try {
      await this.#parts.shelf.append(entry(record, { who: kept.by, what: "send-intent", detail }));
      await this.#parts.shelf.save(record, { intendedBytes: Math.max(kept.intendedBytes, to) });
      [record.intentFrom, record.intentTo] = [from, to];
    } catch (error) {
      if (toFault(error).kind === "bug") throw error;
    }
  }

  async #refuse(record: GrantRecord | null, refusal: Refusal): Promise<void> {
    const { id, offset, reason, read } = refusal;
    const { ports } = this.#parts;
    this.refused += 1;
    ports.courier.send({ type: "chunk-refused", grant: id, offset, reason });
    ports.onChange();
    // what it was not told to carry says nothing about the grant
    if (record === null || record.kept.state !== "sending" || record.carriedTo === null) return;
    const fault = refusalFault(reason, record, read?.bytes === null);
    if (passing.has(reason)) {
      record.waits = fault; // the courier asks again by itself
      return;
    }
    record.notBeforeMonoMs = ports.clock.monoMs() + retryMs;
    if (fault !== null) await failed(record, fault, this.#parts);
    record.carriedTo = null;
  }

  /** What the courier says of a parcel, as far as it can be true. */
  async parcelState(state: ParcelState): Promise<void> {
    const record = this.#parts.shelf.find(state.grant);
    if (record === null) return;
    await record.turns.take(async () => {
      if (state.state === "sending") await this.#progress(record, state);
      if (state.state === "delivered") await this.#delivered(record, state);
      if (state.state === "failed") await this.#gaveUp(record, state);
      if (state.state === "stopped") await this.#stopped(record, state);
    });
  }

  async #progress(record: GrantRecord, { location, offset, fault }: ParcelState): Promise<void> {
    if (record.carriedTo === null) return;
    record.met = fault === undefined || record.waits !== null ? null : saidFault(fault);
    const sentBytes = Math.min(offset, record.kept.intendedBytes);
    // the address alone is worth a write: without it an upload begins anew after a restart
    if (location === record.kept.location) record.kept = { ...record.kept, sentBytes };
    else await this.#parts.shelf.save(record, { location, sentBytes });
    this.#parts.ports.onChange();
  }

  async #delivered(record: GrantRecord, { location, offset }: ParcelState): Promise<void> {
    const { shelf, ports } = this.#parts;
    const { grant, kept } = record;
    const total = parcelBytes(grant);
    if (kept.deliveredWallMs !== null) return;
    if (offset !== total || kept.intendedBytes < total) return this.#untrue(record);
    const deliveredWallMs = Math.round(ports.clock.wallMs());
    const happened = entry(record, {
      who: kept.by,
      what: "delivered",
      detail: `all of it has arrived for ${grant.recipient.name}`,
    });
    const arrived = { deliveredWallMs, sentBytes: total, location: location ?? kept.location };
    if (kept.state !== "sending" || record.halted !== null) return this.#tooLate(record, arrived);
    const asking = isAnswerable(grant) ? firstAsking(deliveredWallMs, ports.random()) : null;
    await shelf.step(record, "delivered", { happened, change: { ...arrived, asking, fault: null } });
    record.carriedTo = null;
    if (!isShare(grant) && !isAnswerable(grant)) await shelf.step(record, "closed");
  }

  /** It cannot be: asked again later, in case it was our disk that forgot. */
  #untrue(record: GrantRecord): void {
    const { clock, onChange } = this.#parts.ports;
    record.carriedTo = null;
    record.notBeforeMonoMs = clock.monoMs() + untrueRetryMs;
    record.met = new Fault("unavailable", "the courier says that all has arrived before all had left");
    onChange();
  }

  /** It was stopped in the moment in which its last chunk arrived: told, and taken back where that is possible. */
  async #tooLate(record: GrantRecord, arrived: Partial<GrantRecord["kept"]>): Promise<void> {
    const { shelf } = this.#parts;
    const detail = `all of it had arrived for ${record.grant.recipient.name} when it was stopped`;
    await shelf.append(entry(record, { who: null, what: "delivered", detail }));
    const fault = new Fault("denied", "all of it had arrived before it could be stopped", {
      hint: isShare(record.grant) ? "the dock is told to forget it" : "ask the recipient to delete it",
    });
    await shelf.save(record, {
      ...arrived,
      fault: wireFaultOf(fault),
      forget: isShare(record.grant) ? "all" : null,
    });
    if (isShare(record.grant)) this.halt(record, "all");
  }

  /** The courier has given up: the dock will not think better of it. */
  async #gaveUp(record: GrantRecord, { fault }: ParcelState): Promise<void> {
    if (record.carriedTo === null || record.kept.state !== "sending") return;
    await failed(record, saidFault(fault), this.#parts);
    record.carriedTo = null;
  }

  /** With a fault, the dock does not know yet that it is to forget. */
  async #stopped(record: GrantRecord, { fault }: ParcelState): Promise<void> {
    record.carriedTo = null;
    if (record.kept.forget === null || fault !== undefined) return;
    await this.#parts.shelf.save(record, { forget: null, location: null });
  }
}

interface Refusal {
  readonly id: string;
  readonly offset: number;
  readonly reason: GateRefusal;
  readonly read?: ReadChunk;
}

function saidFault(fault: ParcelState["fault"]): Fault {
  const kind = faultKinds.find((each) => each === fault?.kind) ?? "unavailable";
  return new Fault(kind, fault?.message ?? "the courier did not say why", { hint: fault?.hint });
}

function isCovered({ intentFrom, intentTo }: GrantRecord, place: ChunkPlace | null): boolean {
  return place !== null && place.from >= intentFrom && place.from + place.bytes <= intentTo;
}
