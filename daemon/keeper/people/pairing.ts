/**
 * Pairing: lets the first owner in, against the one-time code.
 *
 * Tries are counted in the file before the answer, so that neither a crash nor a restart gives
 * another five. Throws Fault `denied`: wrong (says how many tries are left), expired, spent, or none.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { Fault } from "../../../hal/fault.ts";
import { Turns } from "../../files/turns.ts";
import { isSameCode } from "./pairing-code.ts";
import {
  ensurePairing,
  isExpired,
  maxWrongTries,
  readPairing,
  removePairing,
  writePairing,
} from "./pairing-file.ts";

const askAnew = "sill pair   (on the doorbell; prints a new code)";

export class PairingDesk {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #turns = new Turns();

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** There is a code to type from now on. */
  async open(): Promise<void> {
    await ensurePairing(this.#path, this.#clock.wallMs());
  }

  /** Runs `enrol` for who knows the code, one at a time; the code is spent when that succeeds. */
  admit(typed: string, enrol: () => Promise<void>): Promise<void> {
    return this.#turns.take(async () => {
      await this.#check(typed);
      await enrol();
      await removePairing(this.#path);
    });
  }

  /** There is nothing to type any more. */
  close(): Promise<void> {
    return removePairing(this.#path);
  }

  async #check(typed: string): Promise<void> {
    const pairing = await readPairing(this.#path);
    if (pairing === null) throw new Fault("denied", "there is no pairing code", { hint: askAnew });
    if (pairing.wrongTries >= maxWrongTries)
      throw new Fault("denied", `the pairing code was mistyped ${maxWrongTries} times and is void`, {
        hint: askAnew,
      });
    if (isExpired(pairing, this.#clock.wallMs()))
      throw new Fault("denied", "the pairing code has expired", { hint: askAnew });
    if (isSameCode(typed, pairing.code)) return;
    const wrongTries = pairing.wrongTries + 1;
    await writePairing(this.#path, { ...pairing, wrongTries });
    const left = maxWrongTries - wrongTries;
    throw new Fault(
      "denied",
      left === 0
        ? "this is not the pairing code, and it is void now"
        : `this is not the pairing code; ${left} ${left === 1 ? "try is" : "tries are"} left`,
      { hint: left === 0 ? askAnew : "it stands on the doorbell's console, or: sill pair" },
    );
  }
}
