/**
 * Rejected: a request that breaks a limit, with the code that a doorbell would count it by.
 */
import { rejectWords, type RejectCode } from "../../daemon/consent/reject-codes.ts";
import { Fault } from "../../hal/fault.ts";

export class Rejected extends Fault {
  readonly reject: RejectCode;

  constructor(reject: RejectCode, cause?: unknown) {
    super("invalid", `the request is refused (${reject}): ${rejectWords[reject].toLowerCase()}`, { cause });
    this.reject = reject;
  }
}
