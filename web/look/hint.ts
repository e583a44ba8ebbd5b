/**
 * Hint: what a fault advises, as a sentence for the page. Pure.
 *
 * Hints are written for a terminal too, where a command stands for itself; on the page it is said where to run it.
 */
import { words } from "../words.ts";
import { sentence } from "./format.ts";

const { problems: say } = words;

/** Alone, or before another way. */
const command = /^(sill [a-z]+ [a-z]+)(?:; or (.+))?$/u;
/** "what.model: sill" */
const setting = /^[a-z]+\.[a-z]+: /iu;

export function hintSentence(hint: string): string {
  if (!hint.startsWith("sill ")) return sentence(hint);
  const [, run, other] = command.exec(hint) ?? [];
  if (run === undefined) return sentence(say.onDoorbell(hint));
  if (other === undefined) return sentence(say.runIt(run));
  return sentence(say.runOr(say.runIt(run), setting.test(other) ? say.set(other) : other));
}
