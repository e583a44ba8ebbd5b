/**
 * Routes of events: the timeline, one event, deleting one with its video.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { markBodySchema } from "../../wire/api-calibration.ts";
import {
  eventKindSchema,
  eventPageSchema,
  eventSchema,
  keepSchema,
  keptSchema,
  type Event,
} from "../../wire/api.ts";
import { correctionSchema } from "../../wire/what.ts";
import type { EventKey } from "../store/reader.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { Conflict } from "./errors.ts";
import { signedInCaller } from "./guard.ts";

const cursorPattern = /^(\d{1,16})_([0-9a-z-]{8,40})$/;

const pageQuery = z.strictObject({
  before: z.string().regex(cursorPattern, "not a `next` of an earlier page").optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  kind: eventKindSchema.optional(),
  /** Only what is ignored, or only what is not. */
  ignored: z.enum(["true", "false"]).optional(),
});

function keyOf(cursor: string | undefined): EventKey | null {
  const [, startWallMs, id] = cursorPattern.exec(cursor ?? "") ?? [];
  return startWallMs === undefined || id === undefined ? null : { startWallMs: Number(startWallMs), id };
}

function cursorOf(event: Event): string {
  return `${event.startWallMs}_${event.id}`;
}

export function eventRoutes(api: Api, { parts, onDeleted }: ApiContext): void {
  const { store, book } = parts;

  api.get(
    "/api/events",
    {
      config: { allow: viewers, takesProgram: true },
      schema: {
        summary: "Events, newest first, a page at a time; `ignored` = only those that are, or are not",
        querystring: pageQuery,
        response: { 200: eventPageSchema, ...errorAnswers },
      },
    },
    async ({ query }) => {
      const { before, limit, kind } = query;
      const ignored = query.ignored === undefined ? null : query.ignored === "true";
      // one more than asked for tells whether there is a next page
      const found = store.events({ before: keyOf(before), limit: limit + 1, kind: kind ?? null, ignored });
      // what is only so while an event goes on stands in no row
      const open = new Map(book.open.map((event) => [event.id, event]));
      const events = found.slice(0, limit).map((event) => open.get(event.id) ?? event);
      const last = events.at(-1);
      return { events, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
    },
  );

  api.get(
    "/api/events/:id",
    {
      config: { allow: viewers, takesProgram: true },
      schema: { summary: "One event", params: idParams, response: { 200: eventSchema, ...errorAnswers } },
    },
    async ({ params }) => {
      const event = store.event(params.id);
      if (event === null) throw new Fault("not-found", `no event ${params.id}`);
      return event;
    },
  );

  api.put(
    "/api/events/:id/mark",
    {
      config: { allow: ["owner", "member", "installer"] },
      schema: {
        summary: "Says that an event was worth being told, or a false alarm; null takes it back",
        params: idParams,
        body: markBodySchema,
        response: { 200: markBodySchema, ...errorAnswers },
      },
    },
    async ({ params, body }) => {
      const event = parts.book.mark(params.id, body.mark);
      if (event === null && !store.isOpen)
        throw new Fault("unavailable", "the index is not open", { hint: "ask again in a moment" });
      if (event === null) throw new Fault("not-found", `no event ${params.id}`);
      await store.queue.settled();
      if (store.queue.fault !== null) throw store.queue.fault;
      // not the event: an installer sees none
      return { mark: event.mark };
    },
  );

  api.post(
    "/api/events/:id/what",
    {
      config: { allow: viewers },
      schema: {
        summary: "Says what moved in an event, in place of the doorbell's own word; null takes it back",
        params: idParams,
        body: correctionSchema,
        response: { 200: eventSchema, ...errorAnswers },
      },
    },
    async ({ params, body }) => {
      const before = store.event(params.id);
      if (before === null) throw new Fault("not-found", `no event ${params.id}`);
      if (before.kind === "ring")
        throw new Fault("invalid", "a ring is what it is", { hint: "movements can be corrected" });
      const event = parts.book.correct(params.id, body.label);
      if (event === null) throw new Fault("not-found", `no event ${params.id}`);
      await store.queue.settled();
      if (store.queue.fault !== null) throw store.queue.fault;
      return event;
    },
  );

  api.post(
    "/api/events/keep",
    {
      config: { allow: viewers },
      schema: {
        summary:
          "Keeps and shows events although a rule ignores them; `keep: false` leaves them to the rules again",
        body: keepSchema,
        response: { 200: keptSchema, ...errorAnswers },
      },
    },
    async ({ body }) => {
      const by = body.keep ? "person" : null;
      const found = [...new Set(body.ids)].filter((id) => parts.book.spare(id, by) !== null);
      if (found.length === 0 && !store.isOpen)
        throw new Fault("unavailable", "the index is not open", { hint: "ask again in a moment" });
      await store.queue.settled();
      if (store.queue.fault !== null) throw store.queue.fault;
      return { events: found.length };
    },
  );

  api.delete(
    "/api/events/:id",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Deletes an event, and its clips unless they show another one; 409 while it is recorded",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { params } = request;
      const { person } = signedInCaller(request);
      const event = store.event(params.id);
      if (event?.state === "open" || (event?.clip != null && event.clip === parts.eye.clip)) {
        throw new Conflict("unavailable", `event ${params.id} is being recorded`, {
          hint: "delete it when it has ended",
        });
      }
      // noted, not appended: a full disk is a good reason to delete something
      if (event?.clip != null)
        await parts.history.note({
          who: person.name,
          what: "clips-deleted",
          detail: "1 recording, by hand",
          about: { clip: event.clip },
        });
      await store.removeEvent(params.id);
      onDeleted(params.id);
      return reply.code(204).send(undefined);
    },
  );
}
