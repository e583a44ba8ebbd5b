/**
 * Shelf: every grant that was kept, in memory and on the disk, and the one way in which one goes on.
 *
 * `step`: the ledger's entry is durable, then state.json, then the memory says so. When the ledger or
 * the disk refuses, nothing has changed; a step that stops a grant (`stop`) halts it in memory first, so that
 * nothing leaves while the disk is full, and is tried again by the next tick.
 *
 * What concerns one grant takes turns.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import { checkStep, isUnfinished } from "../../consent/grant-state.ts";
import { grantSchema, manifestText, type Grant } from "../../consent/grant.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope, type Verified } from "../../identity/verify.ts";
import type { GrantState } from "../../wire/api-consent.ts";
import type { Happened } from "../history.ts";
import { Turns } from "../../files/turns.ts";
import { GrantFiles, type Kept } from "./kept.ts";
import { sha256Of } from "./parcel.ts";
import type { GrantPorts } from "./ports.ts";

export interface GrantRecord {
  readonly id: string;
  readonly grant: Grant;
  /** Whose signature it is. */
  readonly signKey: string;
  /** Hash of the signed payload. */
  readonly sha256: string;
  /** What receipts and deletion notices name. */
  readonly manifest: string;
  readonly turns: Turns;
  kept: Kept;
  /** revocation.json is durable, or is being written: there is no way back. */
  revoked: boolean;
  /** It is to stop and the disk does not know yet. */
  halted: Stop | null;
  /** Empty = not read, or gone. */
  headers: readonly Uint8Array[];
  /** Where the courier brings it now; null = it does not. */
  carriedTo: string | null;
  /** Up to here an entry of this run covers what leaves. */
  intentFrom: number;
  intentTo: number;
  /** Nothing is sent before (monotonic). */
  notBeforeMonoMs: number;
  /** Why nothing of it may leave now; it goes on by itself. */
  waits: Fault | null;
  /** What the courier met on the way; it tries again by itself. */
  met: Fault | null;
}

export interface NewGrant {
  readonly envelope: unknown;
  readonly verified: Verified<Grant>;
  readonly letter: Uint8Array;
  readonly headers: readonly Uint8Array[];
}

export interface Stop {
  readonly to: GrantState;
  readonly happened: Happened;
  readonly change: Partial<Kept>;
}

export class Shelf {
  readonly #ports: GrantPorts;
  readonly files: GrantFiles;
  readonly #records = new Map<string, GrantRecord>();
  /** Folders whose grant or state cannot be read. */
  readonly damaged: string[] = [];
  /** Why the ledger or the disk took nothing, the last time. */
  fault: Fault | null = null;

  constructor(ports: GrantPorts) {
    this.#ports = ports;
    this.files = new GrantFiles(ports.files);
  }

  get all(): GrantRecord[] {
    return [...this.#records.values()];
  }

  get unfinished(): GrantRecord[] {
    return this.all.filter(({ kept }) => isUnfinished(kept.state));
  }

  find(id: string): GrantRecord | null {
    return this.#records.get(id) ?? null;
  }

  /** What was half kept goes. Throws what the disk throws. */
  async open(): Promise<void> {
    for (const id of await this.files.list()) {
      if (!(await this.files.hasState(id))) {
        await this.#leftover(id);
        continue;
      }
      const kept = await this.files.readKept(id);
      const verified = kept === null ? null : openKept(await this.files.readEnvelope(id, "grant"), id);
      if (kept === null || verified === null) {
        this.damaged.push(id);
        continue;
      }
      const record = recordOf(verified, kept);
      record.revoked = (await this.files.readEnvelope(id, "revocation")) !== null;
      if (isUnfinished(kept.state)) record.headers = await this.files.readHeaders(id);
      else await this.#letGo(record);
      this.#records.set(id, record);
    }
  }

  /** Durable when it resolves: the files, then the ledger's entry, then state.json. */
  async add(
    { envelope, verified, letter, headers }: NewGrant,
    kept: Omit<Kept, "home">,
    happened: Happened,
  ): Promise<GrantRecord> {
    const { id } = verified.value;
    try {
      await this.files.writeParcel(id, letter, headers);
      await this.files.writeEnvelope(id, "grant", envelope);
      const home = await this.#ports.homeOf(this.files.folder(id));
      await this.append(happened);
      const record = recordOf(verified, { ...kept, home });
      await this.files.writeKept(id, record.kept);
      record.headers = headers;
      this.#records.set(id, record);
      return record;
    } catch (error) {
      await this.files.drop(id).catch(() => {}); // without a state it is no grant; the next start removes it
      throw error;
    }
  }

  async append(happened: Happened): Promise<void> {
    try {
      await this.#ports.ledger.append(happened);
      this.fault = null;
    } catch (error) {
      this.fault = toFault(error);
      throw this.fault;
    }
  }

  /** Throws Fault: a step that is not drawn, or what ledger and disk throw; then nothing has changed. */
  async step(
    record: GrantRecord,
    to: GrantState,
    { happened = null, change = {} }: { happened?: Happened | null; change?: Partial<Kept> } = {},
  ): Promise<void> {
    checkStep(record.kept.state, to);
    if (happened !== null) await this.append(happened);
    await this.save(record, { suspended: null, ...change, state: to });
    if (!isUnfinished(to)) await this.#letGo(record);
  }

  /** At once in memory; when the disk is full the next tick tries again. */
  async stop(record: GrantRecord, stop: Stop): Promise<void> {
    record.halted ??= stop;
    try {
      await this.step(record, record.halted.to, record.halted);
      record.halted = null;
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind === "bug") throw fault;
      record.waits = fault;
    }
    this.#ports.onChange();
  }

  async save(record: GrantRecord, change: Partial<Kept>): Promise<void> {
    // it is read as a time that has passed: a clock that is not believed must not write one
    const { trusted, wallMs, floorWallMs } = this.#ports.clockTrust.now();
    const nowMs = Math.round(trusted ? wallMs : floorWallMs);
    const changedWallMs = Math.max(record.kept.changedWallMs, nowMs);
    const kept = { ...record.kept, ...change, changedWallMs };
    await this.files.writeKept(record.id, kept);
    record.kept = kept;
    this.#ports.onChange();
  }

  async forget(record: GrantRecord): Promise<void> {
    await this.files.drop(record.id);
    this.#records.delete(record.id);
  }

  /** It was never kept, unless somebody revoked it: then nothing of its name is taken in again. */
  async #leftover(id: string): Promise<void> {
    if ((await this.files.readEnvelope(id, "revocation")) !== null) this.damaged.push(id);
    else await this.files.drop(id).catch(() => {}); // in nobody's way
  }

  async #letGo(record: GrantRecord): Promise<void> {
    record.headers = [];
    await this.files.dropParcel(record.id).catch(() => {}); // sealed to the recipient; the next start tries again
  }
}

/** Null = it is not a grant that its owner signed. Whether they still are an owner is the gate's question. */
function openKept(envelope: unknown, id: string): Verified<Grant> | null {
  try {
    const verified = verifyEnvelope(envelope, {
      type: payloadTypes.grant,
      schema: grantSchema,
      trusts: () => true,
      what: "grant",
    });
    return verified.value.id === id ? verified : null;
  } catch {
    return null;
  }
}

function recordOf({ value: grant, signKey, sha256 }: Verified<Grant>, kept: Kept): GrantRecord {
  return {
    id: grant.id,
    grant,
    signKey,
    sha256,
    manifest: sha256Of(new TextEncoder().encode(manifestText(grant.items))),
    turns: new Turns(),
    kept,
    revoked: false,
    halted: null,
    headers: [],
    carriedTo: null,
    intentFrom: 0,
    intentTo: 0,
    notBeforeMonoMs: 0,
    waits: null,
    met: null,
  };
}
