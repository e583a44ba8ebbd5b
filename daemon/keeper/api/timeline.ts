/**
 * Routes of the timeline: what happened between two times, dense; who had which recordings opened.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { timelineSchema, watchedSchema, type EventSort, type Timeline } from "../../wire/api-timeline.ts";
import type { TimelinePage } from "../store/timeline.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";

const time = z.coerce.number().int().min(0).max(8.64e15);
const range = z.strictObject({ from: time, to: time });
const pageQuery = range.extend({ limit: z.coerce.number().int().min(1).max(5_000).default(2_000) });

function checkOrder({ from, to }: { readonly from: number; readonly to: number }): void {
  if (from >= to) throw new Fault("invalid", `from ${from} is not before to ${to}`);
}

export function timelineRoutes(api: Api, { parts }: ApiContext): void {
  api.get(
    "/api/timeline",
    {
      config: { allow: viewers },
      schema: {
        summary: "Events, recordings and gaps between two times, in columns, newest first, a page at a time",
        querystring: pageQuery,
        response: { 200: timelineSchema, ...errorAnswers },
      },
    },
    async ({ query }, reply) => {
      checkOrder(query);
      const answer = dense(parts.store.timeline(query));
      // of tens of thousands of values each would be checked, and copied, again; a test holds them to the schema
      void reply.type("application/json; charset=utf-8").serializer((data) => JSON.stringify(data));
      return answer;
    },
  );

  api.get(
    "/api/timeline/watched",
    {
      config: { allow: viewers },
      schema: {
        summary: "Who had which recordings of this time opened, by the ledger",
        querystring: range,
        response: { 200: watchedSchema, ...errorAnswers },
      },
    },
    async ({ query }) => {
      checkOrder(query);
      return parts.sightings.between(query.from, query.to);
    },
  );
}

/** As the answer has it: times from `from` on. */
export function dense({ from, to, next, oldestWallMs, events, clips, gaps }: TimelinePage): Timeline {
  const since = (atMs: number): number => atMs - from;
  return {
    from,
    to,
    next,
    oldestWallMs,
    sorts: events.sorts.map(sortFrom),
    events: {
      id: events.id,
      at: events.atMs.map(since),
      ms: events.ms,
      sort: events.sort,
      clip: events.clip,
    },
    clips: {
      id: clips.id,
      at: clips.atMs.map(since),
      ms: clips.ms,
      bytes: clips.bytes,
      thumbnail: clips.thumbnail,
    },
    gaps: [...gaps],
  };
}

const sortText = z.tuple([
  timelineSchema.shape.sorts.element.shape.kind,
  timelineSchema.shape.sorts.element.shape.state,
  z.array(z.string()),
  timelineSchema.shape.sorts.element.shape.seer,
  z.number(),
  timelineSchema.shape.sorts.element.shape.mark,
  z.number(),
  timelineSchema.shape.sorts.element.shape.what,
  timelineSchema.shape.sorts.element.shape.happenings,
  timelineSchema.shape.sorts.element.shape.corrected,
  z.number(),
  timelineSchema.shape.sorts.element.shape.spared,
]);

function sortFrom(text: string): EventSort {
  const [kind, state, zones, seer, woke, mark, thumbnail, ...what] = sortText.parse(JSON.parse(text));
  const [labels, happenings, corrected, ignored, spared] = what;
  return {
    kind,
    state,
    zones,
    seer,
    woke: woke === 1,
    mark,
    thumbnail: thumbnail === 1,
    what: labels,
    happenings,
    corrected,
    ignored: ignored === 1,
    spared,
  };
}
