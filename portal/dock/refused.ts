/**
 * Refused: what a dock does not take, with the status that tus has for it.
 */
import { Fault, toFault, type FaultKind } from "../../hal/fault.ts";

export class Refused extends Fault {
  readonly status: number;

  constructor(status: number, message: string) {
    super(kindOf(status), message);
    this.status = status;
  }
}

function kindOf(status: number): FaultKind {
  if (status === 404) return "not-found";
  if (status === 403) return "denied";
  if (status === 503) return "unavailable";
  return status === 413 || status === 507 ? "exhausted" : "invalid";
}

/** Null = tus' own refusal, which it words itself. */
export function tusFault(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  if (typeof error === "object" && error !== null && "status_code" in error) {
    const status = Number(error.status_code);
    if (status < 500) return null;
    return new Fault("unavailable", "the parcel could not be written", { cause: error });
  }
  return toFault(error);
}
