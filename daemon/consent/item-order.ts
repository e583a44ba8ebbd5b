/**
 * Item order: the letter first, then of each clip its init segment and its fragments, ascending.
 *
 * So a recipient can play what arrived as it arrived, nothing is sent twice, and one selection has one
 * manifest. A post is a letter alone. Pure.
 */
import { Fault } from "../../hal/fault.ts";
import type { Grant, Item } from "./grant.ts";

/** Throws Fault `invalid` that says at which item. */
export function checkItemOrder({ items, destination }: Pick<Grant, "items" | "destination">): void {
  const [letter, ...rest] = items;
  if (letter?.part !== "letter") throw wrong(0, "the letter comes first");
  if (destination.kind === "board" && rest.length > 0) throw wrong(1, "a post is a letter and nothing else");
  if (destination.kind !== "board" && rest.length === 0) throw wrong(1, "there is no recording in it");
  const clips = new Set<string>();
  let before: Item = letter;
  for (const [i, item] of rest.entries()) {
    const problem = problemOf(item, before, clips);
    if (problem !== null) throw wrong(i + 1, problem);
    if (item.part === "init") clips.add(item.clip);
    before = item;
  }
  if (before.part === "init") throw wrong(items.length - 1, "an init segment without a fragment");
}

function problemOf(item: Item, before: Item, clips: ReadonlySet<string>): string | null {
  if (item.part === "letter") return "there is one letter";
  if (item.part === "init") {
    if (before.part === "init") return "an init segment without a fragment comes before it";
    return clips.has(item.clip) ? "this clip is in it already" : null;
  }
  if (before.part === "letter" || before.clip !== item.clip) return "its clip's init segment comes before it";
  return before.part === "init" || before.index < item.index ? null : "fragments ascend, each once";
}

function wrong(index: number, message: string): Fault {
  return new Fault("invalid", `item ${index}: ${message}`);
}
