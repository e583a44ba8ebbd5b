/**
 * Route of the history: who changed what and who was shown what, newest first, a page at a time.
 */
import { z } from "zod";
import { historyPageSchema } from "../../wire/api-household.ts";
import type { HistoryPlace } from "../history.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";

const cursorPattern = /^(\d{4}-\d{2})_(\d{1,9})$/u;
const pageQuery = z.strictObject({
  before: z.string().regex(cursorPattern, "not a `next` of an earlier page").optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

function placeOf(cursor: string | undefined): HistoryPlace | null {
  const [, month, line] = cursorPattern.exec(cursor ?? "") ?? [];
  return month === undefined || line === undefined ? null : { month, line: Number(line) };
}

export function historyRoutes(api: Api, { parts }: ApiContext): void {
  api.get(
    "/api/history",
    {
      config: { allow: viewers },
      schema: {
        summary: "What was changed and shown, newest first",
        querystring: pageQuery,
        response: { 200: historyPageSchema, ...errorAnswers },
      },
    },
    async ({ query }) => {
      const { entries, next } = await parts.history.page(placeOf(query.before), query.limit);
      return { entries: [...entries], next: next === null ? null : `${next.month}_${next.line}` };
    },
  );
}
