/**
 * Ports: all that grants need from the rest of the house, so that the simulated world can give it too.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Agency } from "../../consent/agency.ts";
import type { CourtOrder } from "../../consent/court-order.ts";
import type { Files } from "../../files/files.ts";
import type { Household } from "../../household/household.ts";
import type { Chunk } from "../../wire/chunk.ts";
import type { KeeperToCourier } from "../../wire/messages.ts";
import type { ClockTrust } from "../clock-trust.ts";
import type { KnownRequest } from "../consent/known-request.ts";
import type { Happened } from "../history.ts";

/** What is known here of those who ask, from the public log and from owners. */
export interface Asked {
  /** By the hash of its payload; null = it was never shown here. */
  request(hash: string): Pick<KnownRequest, "request" | "state"> | null;
  /** The newest profile of the log; null = unknown. */
  agency(id: string): Agency | null;
  /** Keys that may sign for it now. */
  agencyKeys(id: string): readonly string[];
  /** By the hash of its payload; null = no owner recorded it. */
  courtOrder(hash: string): CourtOrder | null;
  /** A grant for it is on the disk. Again = nothing. */
  granted(request: string): Promise<void>;
  /** It was cancelled before anything left. */
  grantCancelled(request: string): Promise<void>;
}

/** Durable when it resolves; when it rejects, what it tells must not happen. */
export interface Ledger {
  append(happened: Happened): Promise<unknown>;
}

export interface CourierPort {
  readonly connected: boolean;
  /** Nothing waits for a courier that is away. */
  send(message: KeeperToCourier): void;
  sendChunk(chunk: Chunk): void;
}

export interface GrantPorts {
  /** The data folder: `clips/` is read, `consent/` written. */
  readonly files: Files;
  readonly clock: Clock;
  /** Of the same clock. */
  readonly clockTrust: ClockTrust;
  /** 0 <= x < 1, for jitter. */
  readonly random: () => number;
  readonly ledger: Ledger;
  readonly household: () => Household;
  readonly settings: Pick<Settings, "portal" | "consent" | "archive">;
  readonly asked: Asked;
  readonly courier: CourierPort;
  /**
   * What a folder is to this disk and to no copy of it (home.ts); null = not known, and then a copy is
   * not noticed.
   */
  readonly homeOf: (folder: string) => Promise<string | null>;
  readonly onChange: () => void;
}
