/**
 * `sill events ...`: who rang and what moved, from the index on the disk.
 */
import { Fault } from "../../../hal/fault.ts";
import { eventKindSchema, type Event, type EventKind } from "../../wire/api.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { clipFacts, eventFacts } from "../events/facts.ts";
import { eventRows } from "../events/rows.ts";
import { limitOf, limitOption } from "../limit.ts";
import { openIndex, type Index } from "../open-index.ts";
import { textTable } from "../table.ts";

export const eventsList: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Lists rings and movements, newest first: who or what it was, what happened, and what lists hide. Works",
    "with the doorbell running or not. EVENT is what events show and clips export take.",
  ].join("\n"),
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
    for (const line of eventRows(events)) terminal.out(line);
    const last = events.at(-1);
    if (events.length === limit && last !== undefined)
      terminal.err(`older ones: sill events list --before ${last.id}`);
  },
};

export const eventsShow: Command = {
  operands: "ID",
  arity: [1, 1],
  about: "Shows one event with all that is known of it, and the clip that shows it.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [["sill events list", "where the ID stands"]],
  run: ({ operands, settings, has, terminal }) => {
    const house = settings().settings;
    using index = openIndex(house);
    const event = findEvent(index, operands[0] ?? "");
    const clip = event.clip === null ? null : index.reader.clip(event.clip);
    if (has("json")) return terminal.out(JSON.stringify({ event, clip }, null, 2));
    const facts = [...eventFacts(event, house.what), ...clipFacts(clip)];
    for (const line of textTable(facts)) terminal.out(line);
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
