/**
 * Route that deletes many events with their recordings, or says what that would come to.
 *
 * Bounded, so that nothing else waits long for the disk: whoever has more asks again. What cannot go (it is being
 * recorded; an owner signed that somebody gets it, who has not got it yet) stays and is named; what is gone already
 * is no mistake, so a call that was cut off is simply made again.
 */
import { Fault } from "../../../hal/fault.ts";
import { deletedManySchema, deleteManySchema } from "../../wire/api-timeline.ts";
import { mostDeleted } from "../../wire/delete-limits.ts";
import type { Parts } from "../parts.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const mostBytes = 256 * 1_024;

export function deleteEventsRoute(api: Api, { parts, onDeleted }: ApiContext): void {
  const { store } = parts;
  api.post(
    "/api/events/delete",
    {
      config: { allow: ["owner"] },
      bodyLimit: mostBytes,
      schema: {
        summary: `Deletes up to ${mostDeleted} events with the clips that show nothing else; \`dry\` only says what would go`,
        body: deleteManySchema,
        response: { 200: deletedManySchema, ...errorAnswers },
      },
    },
    async (request) => {
      const { ids, dry } = request.body;
      if (!dry && ids.length > mostDeleted)
        throw new Fault("invalid", `${ids.length} events are more than the ${mostDeleted} of one call`, {
          hint: "delete them in several calls",
        });
      const held = heldClips(parts);
      const would = await store.removeEvents(ids, { held, dry: true });
      if (!dry && would.clips.length > 0) {
        const [only, ...others] = would.clips;
        // noted, not appended: a full disk is a good reason to delete something
        await parts.history.note({
          who: signedInCaller(request).person.name,
          what: "clips-deleted",
          detail: `${would.clips.length} ${others.length === 0 ? "recording" : "recordings"}, by hand`,
          ...(only !== undefined && others.length === 0 ? { about: { clip: only } } : {}),
        });
      }
      const { events, clips, bytes, kept } = dry ? would : await store.removeEvents(ids, { held });
      if (!dry) for (const id of events) onDeleted(id);
      return { events: events.length, clips: clips.length, bytes, kept: [...kept] };
    },
  );
}

/** What is recorded now, and what was signed for and is not over. */
function heldClips({ eye, grants }: Pick<Parts, "eye" | "grants">): ReadonlySet<string> {
  return eye.clip === null ? grants.promisedClips : new Set([...grants.promisedClips, eye.clip]);
}
