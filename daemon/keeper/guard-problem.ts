/**
 * Guard problem: in words, why the eye's guard shows nothing, and who can change that.
 */
import type { GuardStatus } from "../wire/messages.ts";

const words: Readonly<Record<NonNullable<GuardStatus["reason"]>, string>> = {
  moved: "the camera was moved; an owner has to confirm or redraw the line",
  covered: "the camera is covered or no longer sees its scene; the picture comes back with it",
  changed: "the camera sees another scene; an owner has to confirm or redraw the line",
};

/** Null while the guard keeps nothing closed. */
export function guardProblem(guard: GuardStatus | undefined): string | null {
  return guard?.state === "tripped" ? `everything is masked: ${words[guard.reason ?? "changed"]}` : null;
}
