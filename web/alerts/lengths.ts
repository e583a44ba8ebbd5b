/**
 * Lengths: of a snooze, as buttons stand side by side. Typed by what the doorbell takes.
 */
import type { SnoozeLength } from "../../daemon/alerts/snooze.ts";

export const snoozeLengths: readonly SnoozeLength[] = ["15m", "1h", "morning", "open"];
