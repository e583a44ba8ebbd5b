/**
 * Can the chime be heard? Sounded once, with the microphone of the settings listening.
 */
import type { Check } from "../check.ts";
import { failed, passed, skipped, warned } from "./said.ts";

/** Louder than before, in dB. */
const heard = 10;
const faint = 4;

export const chime: Check = {
  id: "chime",
  group: "sound",
  title: "The chime can be heard",
  mostMs: 25_000,
  async run({ door, signal, attended, ask }) {
    if (attended) ask("be quiet for a moment: the chime sounds once");
    const report = await door.chime(signal);
    if (report === null) return skipped("there is none: chime.driver is none");
    const { name, heardDb, microphone } = report;
    if (heardDb === null)
      return skipped(
        `${name} was sounded, and nobody listened: ${microphone}`,
        "listen yourself, or set selftest.microphone (sim, alsa, pulse); only loudness is measured",
      );
    const db = Math.round(heardDb * 10) / 10;
    const figures = [{ name: "louder by", value: db, unit: "db", atLeast: faint }];
    const seen = `${microphone} heard ${name} ${db} dB above what was there before`;
    if (db < faint)
      return failed(
        seen,
        "look at the chime's wires, its supply and its volume; is the microphone near it and switched on?",
        {
          figures,
        },
      );
    if (db < heard)
      return warned(seen, "turn the chime up, or run the test again when it is quieter", { figures });
    return passed(seen, { figures });
  },
};
