/**
 * Alarms: in which ways a portal can be caught lying, and how the owner is told.
 *
 * An alarm shows nothing new and takes nothing away: what was verified before stays as it is. It
 * ends with the next round that agrees with everything seen; the ledger keeps it.
 */
import { Fault, toFault } from "../../../../hal/fault.ts";
import { openCheckpoint, type Checkpoint } from "../../../ledger/checkpoint.ts";
import { wireFault } from "../../wire-fault.ts";
import type { Alarm } from "./feed-store.ts";

type Kind = Alarm["kind"];

/** What a round ends with when the portal contradicts itself. */
export class PortalLies extends Fault {
  readonly alarm: Kind;

  constructor(alarm: Kind, message: string, hint: string) {
    super("denied", message, { hint });
    this.alarm = alarm;
  }
}

const untilItAgrees =
  "nothing new is shown until it agrees with what this doorbell has seen; ask who runs it";

/** The portal's own word about its log. Throws PortalLies. */
export function trustedCheckpoint(note: string, logKey: string): Checkpoint {
  try {
    return openCheckpoint(note, logKey);
  } catch (error) {
    const { message } = toFault(error);
    throw new PortalLies(
      "bad-signature",
      `the public log is not signed as it must be: ${message}`,
      "check portal.logKey; if it is right, somebody stands between this doorbell and the portal",
    );
  }
}

export function shrunk(from: number, to: number): PortalLies {
  return new PortalLies(
    "rollback",
    `the public log has become shorter: it had ${from} entries and has ${to}`,
    untilItAgrees,
  );
}

export function changed(): PortalLies {
  return new PortalLies("fork", "the public log does not say any more what it said before", untilItAgrees);
}

export function forgedRegistrar(): PortalLies {
  return new PortalLies(
    "forged-registrar",
    "the portal publishes many profiles of agencies that its registrar did not sign",
    untilItAgrees,
  );
}

export function alarmOf(lie: PortalLies, wallMs: number, checkpoint: string | null): Alarm {
  return { kind: lie.alarm, wallMs, fault: wireFault(lie), checkpoint };
}
