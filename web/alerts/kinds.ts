/**
 * Kinds: what somebody may be told of, as it is listed. Typed by what the doorbell takes.
 */
import type { AlertKind } from "../../daemon/alerts/rules.ts";

export const alertKindNames: readonly AlertKind[] = ["ring", "motion"];
