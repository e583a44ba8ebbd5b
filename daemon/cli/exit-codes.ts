/**
 * Exit codes: one table from Fault kinds, for scripts that must tell failures apart.
 *
 * The help (`sill --help`) and docs/exit-codes.md print this table; a test compares them.
 */
import type { FaultKind } from "../../hal/fault.ts";

export interface ExitCode {
  readonly code: number;
  readonly meaning: string;
}

export const exitOk = 0;

export const exitCodes: Readonly<Record<FaultKind, ExitCode>> = {
  bug: { code: 1, meaning: "a bug in Sill; the stack trace is printed" },
  invalid: { code: 2, meaning: "wrong command, option, setting or file content" },
  "not-found": { code: 3, meaning: "no such file, device, event or clip" },
  denied: { code: 4, meaning: "permission refused, or a file would be overwritten" },
  unavailable: { code: 5, meaning: "busy, unplugged, or already running" },
  timeout: { code: 6, meaning: "no answer in time" },
  exhausted: { code: 7, meaning: "disk, memory or another limit is used up" },
  corrupt: { code: 8, meaning: "damaged data" },
  cancelled: { code: 130, meaning: "interrupted (Ctrl-C)" },
};
