/**
 * What a call throws, for tests that look at both the kind and the words of a Fault.
 */
import { Fault } from "../../../../hal/fault.ts";

/** `kind: message`; an error that is no Fault is thrown on. */
export function thrownBy(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Fault) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return "nothing";
}
