/**
 * Route of the history: who changed what and who was shown what, newest first, a page at a time.
 */
import { z } from "zod";
import { entryKinds } from "../../ledger/kinds.ts";
import { historyPageSchema } from "../../wire/api-household.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";

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
});

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
    async ({ query: { before = null, limit, without = [] } }) => {
      const { entries, next } = await parts.history.page({ before, limit, without });
      return { entries: [...entries], next: next === null ? null : String(next) };
    },
  );
}
