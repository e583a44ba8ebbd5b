/**
 * Range: what `--sweep` names: "sensitivity=0..100:5".
 */
import { Fault } from "../../../../hal/fault.ts";

const form = /^sensitivity=(\d{1,3})\.\.(\d{1,3})(?::(\d{1,3}))?$/u;
const usualStep = 5;

/** Sensitivities in order, both ends included. Throws Fault `invalid` with what is allowed. */
export function sweepOf(text: string): number[] {
  const [, from = "", to = "", step = String(usualStep)] = form.exec(text) ?? [];
  const [first, last, by] = [Number(from), Number(to), Number(step)];
  if (from === "" || first > last || last > 100 || by === 0) {
    throw new Fault(
      "invalid",
      `--sweep "${text}" is not allowed; allowed: sensitivity=FROM..TO:STEP, 0 to 100`,
      {
        hint: "--sweep sensitivity=0..100:5",
      },
    );
  }
  const values = Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => first + i * by);
  return values.at(-1) === last ? values : [...values, last];
}
