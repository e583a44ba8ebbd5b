/**
 * `sill events ...`: who rang and what moved, from the index on the disk.
 */
import { Fault } from "../../../hal/fault.ts";
import { eventKindSchema, type Clip, type Event, type EventKind } from "../../wire/api.ts";
import { lengthText, sizeText, timeText } from "../amounts.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { limitOf, limitOption } from "../limit.ts";
import { openIndex, type Index } from "../open-index.ts";
import { textTable } from "../table.ts";

export const eventsList: Command = {
  operands: "",
  arity: [0, 0],
  about: "Lists rings and movements, newest first. Works with the doorbell running or not.",
  options: {
    limit: limitOption,
    kind: { value: "KIND", about: `Only these: ${eventKindSchema.options.join(" or ")}` },
    before: { value: "ID", about: "Only events older than this one (the next page)" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill events list --kind ring", "who rang"],
    ["sill events list --limit 200 --json", "for programs"],
  ],
  run: (call) => {
    const limit = limitOf(call);
    const kind = kindOf(call);
    using index = openIndex(call.settings().settings);
    const events = index.reader.events({ before: beforeOf(call, index), limit, kind });
    const { terminal } = call;
    if (call.has("json")) return terminal.out(JSON.stringify(events, null, 2));
    if (events.length === 0)
      return terminal.err("No events yet. A press of the button or a movement makes one.");
    const rows = events.map((event) => [
      timeText(event.startWallMs),
      event.kind,
      eventLength(event),
      event.zones.join(", ") || "-",
      event.clip ?? "-",
      event.id,
    ]);
    for (const line of textTable([["WHEN", "WHAT", "LENGTH", "ZONES", "CLIP", "EVENT"], ...rows]))
      terminal.out(line);
    const last = events.at(-1);
    if (events.length === limit && last !== undefined)
      terminal.err(`older ones: sill events list --before ${last.id}`);
  },
};

export const eventsShow: Command = {
  operands: "ID",
  arity: [1, 1],
  about: "Shows one event and the clip that shows it.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [["sill events list", "where the ID stands"]],
  run: ({ operands, settings, has, terminal }) => {
    using index = openIndex(settings().settings);
    const event = findEvent(index, operands[0] ?? "");
    const clip = event.clip === null ? null : index.reader.clip(event.clip);
    if (has("json")) return terminal.out(JSON.stringify({ event, clip }, null, 2));
    for (const line of textTable([...eventFacts(event), ...clipFacts(clip)])) terminal.out(line);
    if (clip !== null)
      terminal.err(`save it: sill clips export ${clip.id} --identity key.txt --out clip.mp4`);
  },
};

export function findEvent(index: Index, id: string): Event {
  const event = index.reader.event(id);
  if (event !== null) return event;
  throw new Fault("not-found", `no event ${quote(id)}`, { hint: "sill events list" });
}

function kindOf(call: Call): EventKind | null {
  const word = call.value("kind");
  if (word === null) return null;
  const kind = eventKindSchema.safeParse(word);
  if (kind.success) return kind.data;
  throw new Fault(
    "invalid",
    `--kind ${quote(word)} is not allowed; allowed: ${eventKindSchema.options.join(" or ")}`,
  );
}

function beforeOf(call: Call, index: Index): { startWallMs: number; id: string } | null {
  const id = call.value("before");
  return id === null ? null : findEvent(index, id);
}

function eventLength({ state, startWallMs, endWallMs }: Event): string {
  if (state === "open") return "going on";
  if (endWallMs === null) return state;
  const length = lengthText(endWallMs - startWallMs);
  return state === "interrupted" ? `${length} (cut)` : length;
}

function eventFacts(event: Event): [string, string][] {
  return [
    ["event", event.id],
    ["what", event.kind],
    ["when", timeText(event.startWallMs)],
    ["length", eventLength(event)],
    ["score", event.score.toFixed(2)],
    ["zones", event.zones.join(", ") || "-"],
    ["ignored", event.ignored ? "yes: hidden in lists, and kept for less time" : "no"],
  ];
}

function clipFacts(clip: Clip | null): [string, string][] {
  if (clip === null) return [["clip", "none"]];
  return [
    ["clip", clip.id],
    ["recorded", `${timeText(clip.startWallMs)}, ${lengthText(clip.durationMs)}, ${clip.state}`],
    ["picture", `${clip.width}x${clip.height}, ${clip.codec}, ${sizeText(clip.bytes)}`],
  ];
}
