/**
 * Wish: which lines a command is about, by name: those of the doorbell, or chip:offset.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import { quote } from "../command.ts";

export const doorbellLines = ["button", "pir", "chime", "light"] as const;
export type DoorbellLine = (typeof doorbellLines)[number];

export interface Wish {
  /** "button", or "pinctrl-rp1:17". */
  readonly name: string;
  readonly role: DoorbellLine | "other";
  readonly driver: "sim" | "gpio" | "replay" | "speaker" | "none";
  readonly chip: string;
  readonly line: number;
  readonly activeLow: boolean;
  readonly debounceMs: number;
}

/** Of a comma-separated list; null = `usual`. Throws Fault `invalid`. */
export function wishesOf(text: string | null, settings: Settings, usual: readonly DoorbellLine[]): Wish[] {
  const names = text === null ? [...usual] : text.split(",").map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Fault("invalid", `the line ${quote(twice)} is named twice`);
  return names.map((name) => wishOf(name, settings));
}

export function wishOf(name: string, settings: Settings): Wish {
  const role = doorbellLines.find((known) => known === name);
  if (role !== undefined) {
    const { driver, chip, line, activeLow } = settings[role];
    const debounceMs = role === "button" || role === "pir" ? settings[role].debounceMs : 0;
    return { name, role, driver, chip, line, activeLow, debounceMs };
  }
  const [, chip = "", offset = ""] = /^([\w.-]{1,31}):(\d{1,4})$/u.exec(name) ?? [];
  if (chip === "")
    throw new Fault(
      "invalid",
      `${quote(name)} is no line; allowed: ${doorbellLines.join(", ")}, or chip:offset`,
      {
        hint: "sill hal list --json shows chips and their lines",
      },
    );
  return { name, role: "other", driver: "gpio", chip, line: Number(offset), activeLow: false, debounceMs: 0 };
}
