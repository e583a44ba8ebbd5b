/**
 * Route of the history: who changed what and who was shown what, newest first, a page at a time; all of it, or
 * what is about one recording: who opened it, what was given out of it, what became of that.
 */
import { z } from "zod";
import { entryKinds } from "../../ledger/kinds.ts";
import { historyPageSchema } from "../../wire/api-household.ts";
import { wallMsOf } from "../../wire/id-time.ts";
import type { HistoryQuery } from "../history.ts";
import type { Parts } from "../parts.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";

const pageQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}$/u, "not a `next` of an earlier page")
    .transform(Number)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Kinds that are left out, with commas between. */
  without: z
    .string()
    .max(1_000)
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(entryKinds)))
    .optional(),
  /** About this one alone. */
  clip: idParams.shape.id.optional(),
});

/** No entry about a recording is older than it is; this much for a clock that was set meanwhile. */
const slackMs = 86_400_000;

export function historyRoutes(api: Api, { parts }: ApiContext): void {
  api.get(
    "/api/history",
    {
      config: { allow: viewers },
      schema: {
        summary: "What was changed and shown, newest first; a page may be short and still have a next one",
        querystring: pageQuery,
        response: { 200: historyPageSchema, ...errorAnswers },
      },
    },
    async ({ query: { before = null, limit, without = [], clip } }) => {
      const asked = { before, limit, without, ...(clip === undefined ? {} : aboutClip(clip, parts)) };
      const { entries, next } = await parts.history.page(asked);
      return { entries: [...entries], next: next === null ? null : String(next) };
    },
  );
}

/** The recording itself, and every grant that it is part of. */
function aboutClip(
  clip: string,
  { grants }: Pick<Parts, "grants">,
): Pick<HistoryQuery, "about" | "sinceWallMs"> {
  const given = grants.withClip(clip);
  const beganMs = wallMsOf(clip);
  return {
    about: (about) => about.clip === clip || (about.grant !== undefined && given.has(about.grant)),
    ...(beganMs === null ? {} : { sinceWallMs: beganMs - slackMs }),
  };
}
