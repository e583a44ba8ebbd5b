/**
 * Grant book: every grant of this house, from the owner's order to the recipient's last word.
 *
 * Sans-IO: disk, clock, ledger, household and courier are ports, so that the simulated world runs exactly
 * this, with power cuts. `tick` (once a second) does what time does: cooling-off, running out, trying again,
 * looking for receipts. Orders are checked one at a time; what concerns one grant takes turns; chunks of
 * different grants do not wait for each other.
 *
 *   order -> check-order -> ready -> (cooling-off) -> carrying -> delivered -> after-delivery
 *                              stops: revoke, expire, fail, suspend
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import { isAnswerable, isShare, isUnfinished } from "../../consent/grant-state.ts";
import { ownerWith } from "../../household/household.ts";
import type { GrantCard, GrantOrder } from "../../wire/api-consent.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import { Turns } from "../../files/turns.ts";
import { ask, askDeletion, lookWhenDue, take } from "./after-delivery.ts";
import { cardOf } from "./card.ts";
import { Carrying, retryMs } from "./carrying.ts";
import { checkOrder, openGrant, type CheckedOrder } from "./check-order.ts";
import { clipsOf } from "./clip-summary.ts";
import type { GrantParts } from "./grant-parts.ts";
import type { Kept } from "./kept.ts";
import type { GrantPorts } from "./ports.ts";
import { Recordings } from "./recordings.ts";
import { Shelf, type GrantRecord } from "./shelf.ts";
import { canBeTaken, expired, failed, finishRevocation, resume, revoke, suspend } from "./stops.ts";
import { entry, refusalFault, signedWords } from "./words.ts";

export const maxUnfinished = 16;
/** Finished ones that are shown; older ones are in the ledger. */
export const maxKept = 500;
/** A grant that has run out for so long cannot come back by a clock that is set back. */
const forgetAfterMs = 90 * 86_400_000;
const forgetRetryMs = 600_000;
const copied = "the data folder was put back from a copy, which may not know that it was revoked";

export class GrantBook {
  readonly #parts: GrantParts;
  readonly carrying: Carrying;
  readonly #orders = new Turns();
  readonly #forgetAt = new Map<string, number>();
  #ticking: Promise<void> | null = null;

  private constructor(parts: GrantParts) {
    this.#parts = parts;
    this.carrying = new Carrying(parts);
  }

  /** Reads what is kept and finishes what a crash cut. Throws what the disk throws. */
  static async open(ports: GrantPorts): Promise<GrantBook> {
    const shelf = new Shelf(ports);
    await shelf.open();
    for (const { kept } of shelf.all) ports.clockTrust.passed(kept.changedWallMs);
    const book = new GrantBook({ ports, shelf, recordings: new Recordings(ports.files) });
    for (const record of shelf.unfinished) await book.#reopen(record);
    for (const record of shelf.all) await book.#tellRequest(record);
    return book;
  }

  /** Newest first. */
  get cards(): GrantCard[] {
    return this.#parts.shelf.all
      .toSorted((a, b) => b.kept.keptWallMs - a.kept.keptWallMs || (a.id < b.id ? 1 : -1))
      .map((record) => this.#cardOf(record));
  }

  /** Not arrived and not stopped. */
  get sending(): number {
    return this.#parts.shelf.unfinished.length;
  }

  /** Grants on the disk that cannot be read. */
  get damaged(): number {
    return this.#parts.shelf.damaged.length;
  }

  /** Why nothing can be sent, while there is something to send; null = nothing is in the way. */
  get fault(): Fault | null {
    const { shelf } = this.#parts;
    return shelf.unfinished.find(({ waits }) => waits !== null)?.waits ?? null;
  }

  /** Throws Fault `not-found`. */
  card(id: string): GrantCard {
    return this.#cardOf(this.#record(id));
  }

  /** Throws Fault as `checkOrder`, and `exhausted`: too many at once, or no room. Then nothing is kept. */
  keep(order: GrantOrder): Promise<GrantCard> {
    return this.#orders.take(async () => {
      const { ports, recordings, shelf } = this.#parts;
      const { value, sha256 } = openGrant(order.envelope, ports.household());
      const known = shelf.find(value.id);
      if (known?.sha256 === sha256) return this.#cardOf(known); // handed in twice: the answer got lost
      if (known !== null || shelf.damaged.includes(value.id))
        throw new Fault("denied", "there is another grant with this id");
      if (shelf.unfinished.length >= maxUnfinished)
        throw new Fault("exhausted", `${maxUnfinished} grants are on their way already`, {
          hint: "wait until one has arrived, or revoke one",
        });
      const world = { ...ports, recordings, now: ports.clockTrust.now() };
      const checked = await checkOrder(order, world);
      const record = await this.#keep(order.envelope, checked);
      ports.onChange();
      await this.#tend(record);
      return this.#cardOf(record);
    });
  }

  /** Throws as `revoke` of stops.ts. */
  async revoke(id: string, envelope: unknown): Promise<GrantCard> {
    const record = this.#record(id);
    await record.turns.take(async () => {
      try {
        await revoke(record, envelope, this.#parts);
      } finally {
        this.#haltStopped(record);
      }
      await this.#tellRequest(record);
    });
    return this.#cardOf(record);
  }

  /** `who`: the owner who is signed in. */
  async resume(id: string, who: string): Promise<GrantCard> {
    const record = this.#record(id);
    await record.turns.take(() => resume(record, who, this.#parts));
    await this.#tend(record);
    return this.#cardOf(record);
  }

  async ask(id: string): Promise<GrantCard> {
    const record = this.#record(id);
    await record.turns.take(() => ask(record, this.#parts));
    return this.#cardOf(record);
  }

  async askDeletion(id: string, envelope: unknown): Promise<GrantCard> {
    const record = this.#record(id);
    await record.turns.take(() => askDeletion(record, envelope, this.#parts));
    return this.#cardOf(record);
  }

  /** From the courier. What goes wrong is kept in `fault`s and tried again; nothing is thrown. */
  async handle(message: CourierToKeeper): Promise<void> {
    try {
      if (message.type === "chunk-asked") await this.carrying.chunk(message.grant, message.offset);
      if (message.type === "parcel-state") await this.carrying.parcelState(message);
      if (message.type === "dock-answer") await this.#answered(message);
    } catch (error) {
      this.#note(error, "grant" in message ? this.#parts.shelf.find(message.grant) : null);
    }
  }

  /** It is told again what is under way. */
  courierArrived(): Promise<void> {
    this.carrying.courierLeft();
    this.#forgetAt.clear();
    return this.tick();
  }

  courierLeft(): void {
    this.carrying.courierLeft();
  }

  /** What is due now, of every grant. */
  tick(): Promise<void> {
    this.#ticking ??= this.#tick().finally(() => {
      this.#ticking = null;
    });
    return this.#ticking;
  }

  async #tick(): Promise<void> {
    await this.#parts.ports.clockTrust.keep();
    for (const record of this.#parts.shelf.all) await this.#tend(record);
    if (this.sending === 0) this.#parts.recordings.forget();
  }

  async #tend(record: GrantRecord): Promise<void> {
    try {
      await record.turns.take(() => this.#tendInTurn(record));
    } catch (error) {
      this.#note(error, record);
    }
  }

  async #tendInTurn(record: GrantRecord): Promise<void> {
    const { shelf, ports } = this.#parts;
    if (record.halted === null) await this.#stopWhenDue(record);
    else {
      await shelf.stop(record, record.halted);
      await this.#tellRequest(record);
    }
    this.#haltStopped(record);
    const { state } = record.kept;
    const monoMs = ports.clock.monoMs();
    const now = ports.clockTrust.now();
    if (state === "ready" && monoMs >= record.notBeforeMonoMs && now.trusted)
      await shelf.step(record, "sending");
    if (record.kept.state === "sending" && record.halted === null && record.carriedTo === null)
      this.#carry(record, now.trusted);
    if (record.kept.asking !== null || state === "receipted") await lookWhenDue(record, this.#parts);
    this.#forgetAtDock(record, monoMs);
    if (this.#isOld(record)) await shelf.forget(record);
  }

  #carry(record: GrantRecord, clockTrusted: boolean): void {
    const { ports } = this.#parts;
    if (!clockTrusted) record.waits = refusalFault("clock-not-trusted", record, false);
    else if (ports.clock.monoMs() >= record.notBeforeMonoMs) this.carrying.send(record);
  }

  async #stopWhenDue(record: GrantRecord): Promise<void> {
    const { ports, shelf } = this.#parts;
    const { kept, grant } = record;
    const { trusted, wallMs } = ports.clockTrust.now();
    const isOver = trusted && wallMs >= grant.notAfter;
    if (record.revoked && canBeTaken(record)) await finishRevocation(record, this.#parts);
    else if (isUnfinished(kept.state)) {
      const signer = ownerWith(ports.household(), record.signKey);
      const gone = refusalFault("not-signed-by-owner", record, false);
      if (isOver) await expired(record, this.#parts);
      else if (signer === null && gone !== null) await failed(record, gone, this.#parts);
    } else if (kept.state === "delivered" && !isAnswerable(grant)) {
      if (!isShare(grant)) await shelf.step(record, "closed");
      else if (isOver) await expired(record, this.#parts);
    }
  }

  /** Whoever carries it is told at once, not at the next chunk. */
  #haltStopped(record: GrantRecord): void {
    const over = record.halted !== null || record.revoked || !isUnfinished(record.kept.state);
    if (!over || record.carriedTo === null) return;
    this.#forgetAt.set(record.id, this.#parts.ports.clock.monoMs() + forgetRetryMs);
    this.carrying.halt(record, record.kept.forget ?? "unfinished");
  }

  /** Until the courier says that it did. */
  #forgetAtDock(record: GrantRecord, monoMs: number): void {
    const { forget } = record.kept;
    if (forget === null || !this.#parts.ports.courier.connected) return;
    if (monoMs < (this.#forgetAt.get(record.id) ?? 0)) return;
    this.#forgetAt.set(record.id, monoMs + forgetRetryMs);
    this.carrying.halt(record, forget);
  }

  #isOld(record: GrantRecord): boolean {
    const { shelf, ports } = this.#parts;
    if (shelf.all.length <= maxKept || isUnfinished(record.kept.state)) return false;
    const { trusted, wallMs } = ports.clockTrust.now();
    return trusted && wallMs > record.grant.notAfter + forgetAfterMs;
  }

  async #keep(envelope: unknown, checked: CheckedOrder): Promise<GrantRecord> {
    const { ports, shelf, recordings } = this.#parts;
    const { value: grant, signKey, letter, headers } = checked;
    const owner = ownerWith(ports.household(), signKey);
    if (owner === null) throw new Fault("denied", "whoever signed this grant is not an owner any more");
    const coolingOffMs = ports.settings.consent.coolingOffS * 1_000;
    const wallMs = Math.round(ports.clock.wallMs());
    const kept = newKept({ by: owner.name, wallMs, coolingOffMs, clips: await clipsOf(grant, recordings) });
    const happened = entry({ grant }, { who: owner.name, what: "grant-signed", detail: signedWords(grant) });
    const record = await shelf.add({ envelope, verified: checked, letter, headers }, kept, happened);
    record.notBeforeMonoMs = ports.clock.monoMs() + coolingOffMs;
    await this.#tellRequest(record);
    return record;
  }

  /** After a start: what a crash cut is finished; what is a copy waits for an owner. */
  async #reopen(record: GrantRecord): Promise<void> {
    const { ports, shelf } = this.#parts;
    const { kept } = record;
    const coolingOffMs = ports.settings.consent.coolingOffS * 1_000;
    const leftMs = Math.min(coolingOffMs, Math.max(0, kept.sendAfterWallMs - ports.clock.wallMs()));
    if (kept.intendedBytes === 0) record.notBeforeMonoMs = ports.clock.monoMs() + leftMs;
    try {
      await finishRevocation(record, this.#parts);
      if (!isUnfinished(record.kept.state) || kept.state === "suspended") return;
      const home = await ports.homeOf(shelf.files.folder(record.id));
      if (home !== kept.home) await suspend(record, copied, this.#parts);
    } catch (error) {
      this.#note(error, record);
    }
  }

  /** How its request stands follows from it; a full disk is told again at the next start. */
  async #tellRequest({ grant: { destination } }: GrantRecord): Promise<void> {
    const { asked } = this.#parts.ports;
    if (destination.kind !== "request") return;
    try {
      if (this.#isGranted(destination.request)) await asked.granted(destination.request);
      else await asked.grantCancelled(destination.request);
    } catch (error) {
      if (toFault(error).kind === "bug") throw error;
    }
  }

  /** By any grant but those that were cancelled. */
  #isGranted(request: string): boolean {
    return this.#parts.shelf.all.some(
      ({ grant: { destination }, kept }) =>
        destination.kind === "request" && destination.request === request && kept.state !== "cancelled",
    );
  }

  async #answered(message: Extract<CourierToKeeper, { type: "dock-answer" }>): Promise<void> {
    const record = this.#parts.shelf.find(message.grant);
    if (record !== null) await record.turns.take(() => take(record, message, this.#parts));
  }

  #cardOf(record: GrantRecord): GrantCard {
    const { settings, clockTrust } = this.#parts.ports;
    return cardOf(record, settings, clockTrust.now().trusted);
  }

  #record(id: string): GrantRecord {
    const record = this.#parts.shelf.find(id);
    if (record === null) throw new Fault("not-found", `no grant ${id}`);
    return record;
  }

  #note(error: unknown, record: GrantRecord | null): void {
    const fault = toFault(error);
    if (fault.kind === "bug") throw error;
    if (record === null) return;
    record.waits = fault;
    record.carriedTo = null;
    record.notBeforeMonoMs = Math.max(record.notBeforeMonoMs, this.#parts.ports.clock.monoMs() + retryMs);
    this.#parts.ports.onChange();
  }
}

interface NewKept {
  readonly by: string;
  readonly wallMs: number;
  readonly coolingOffMs: number;
  readonly clips: Kept["clips"];
}

function newKept({ by, wallMs, coolingOffMs, clips }: NewKept): Omit<Kept, "home"> {
  return {
    version: 1,
    state: "ready",
    by,
    keptWallMs: wallMs,
    changedWallMs: wallMs,
    sendAfterWallMs: wallMs + coolingOffMs,
    suspended: null,
    location: null,
    intendedBytes: 0,
    sentBytes: 0,
    deliveredWallMs: null,
    clips,
    receipt: null,
    deletion: null,
    fault: null,
    forget: null,
    asking: null,
  };
}
