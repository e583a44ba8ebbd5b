/**
 * Collect: the pipeline's messages, put together to one line per event.
 *
 * A motion event is printed when it closes; a ring is a moment and is printed at once.
 */
import type { EyeToKeeper } from "../../wire/messages.ts";
import type { EventWhat } from "../../wire/what.ts";
import type { EventLine } from "./lines.ts";

export class EventCollector {
  readonly #print: (line: EventLine) => void;
  readonly #open = new Map<string, number>();
  readonly #what = new Map<string, EventWhat>();
  count = 0;

  constructor(print: (line: EventLine) => void) {
    this.#print = print;
  }

  report(message: EyeToKeeper): void {
    if (message.type === "event-opened") this.#open.set(message.event, message.startWallMs);
    if (message.type === "event-what") this.#what.set(message.event, message);
    if (message.type !== "event-closed") return;
    const startMs = this.#open.get(message.event) ?? message.endWallMs;
    this.#open.delete(message.event);
    const said = this.#what.get(message.event);
    this.#what.delete(message.event);
    const { endWallMs: endMs, score, zones } = message;
    this.#emit({
      type: "event",
      kind: "motion",
      startMs,
      endMs,
      score: Math.round(score * 1_000) / 1_000,
      zones,
      ...(said === undefined ? {} : { what: said.what, happenings: happeningsOf(said) }),
    });
  }

  ring(_event: string, atMs: number): void {
    this.#emit({
      type: "event",
      kind: "ring",
      startMs: Math.round(atMs),
      endMs: Math.round(atMs),
      score: 0,
      zones: [],
    });
  }

  #emit(line: EventLine): void {
    this.count += 1;
    this.#print(line);
  }
}

function happeningsOf({ happenings }: EventWhat): NonNullable<EventLine["happenings"]> {
  return happenings.map(({ kind, wallMs: atMs }) => ({ kind, atMs }));
}
