/**
 * Does the status light show every state? Who is there answers with the button.
 */
import type { LightState } from "../../../hal/sensors.ts";
import type { Check, CheckContext, CheckResult } from "../check.ts";
import { pause } from "./pause.ts";
import { passed, skipped, warned } from "./said.ts";

const states: readonly LightState[] = ["idle", "recording", "live", "fault", "off"];
const glanceMs = 200;
const shownMs = 1_200;
const answerMs = 10_000;

export const statusLight: Check = {
  id: "status-light",
  group: "lines",
  title: "The status light shows what the doorbell does",
  mostMs: states.length * shownMs + answerMs + 5_000,
  async run(context) {
    const { door } = context;
    try {
      return await showAll(context);
    } finally {
      await door.light(null).catch(() => null); // what it could not show was told already
    }
  },
};

async function showAll(context: CheckContext): Promise<CheckResult> {
  const { door, clock, signal, attended, ask } = context;
  if (attended) ask("look at the status light: it shows all that it can");
  for (const state of states) {
    const light = await door.light(state);
    if (light === null) return skipped("there is none: light.driver is none");
    await pause(clock, attended ? shownMs : glanceMs, signal);
  }
  const shown = `${states.length} states were shown`;
  if (!attended) return passed(`${shown}; nobody was asked to look`);
  ask(`did the light change? Then press the button within ${answerMs / 1_000} s`);
  await door.light("fault");
  const answer = await door.button(answerMs, signal).catch(() => null);
  if (answer === null) return passed(`${shown}; without a button nobody could say that they saw it`);
  return answer.presses > 0
    ? passed(`${shown}, and somebody saw it`)
    : warned(
        `${shown}, and nobody said that they saw it`,
        "look at the light's wires, its resistor and light.line",
      );
}
