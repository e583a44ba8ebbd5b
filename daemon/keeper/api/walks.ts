/**
 * Routes of walk tests: a walk that was just taken becomes a report, which is kept and can be handed over.
 *
 * The report as a page is one file without scripts that loads nothing; its policy says so too.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { walkHtml } from "../../calibration/walk-html.ts";
import { walkBodySchema, walkListSchema, walkSchema } from "../../wire/api-calibration.ts";
import { newId } from "../../wire/id.ts";
import { readZones } from "../zones-file.ts";
import { calibrators, questionOf, whileAsked } from "./calibration.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

/** Notes and a name. */
const maxWalkBytes = 32 * 1024;
/** Its path has a place for every tenth of a second. */
const longestWalkMs = 10 * 60_000;
export const reportSecurity =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function walkRoutes(api: Api, context: ApiContext): void {
  const { parts, paths } = context;
  const { calibration, walks, journalFlush, settings, clock } = parts;

  api.get(
    "/api/walks",
    {
      config: { allow: calibrators },
      schema: { summary: "Walk tests, newest first", response: { 200: walkListSchema, ...errorAnswers } },
    },
    async () => ({ walks: await walks.list() }),
  );

  api.post(
    "/api/walks",
    {
      config: { allow: calibrators },
      bodyLimit: maxWalkBytes,
      schema: {
        summary: "Makes the report of a walk that was just taken, and keeps it",
        body: walkBodySchema,
        response: { 201: walkSchema, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { name, notes, fromWallMs, toWallMs } = request.body;
      if (toWallMs - fromWallMs > longestWalkMs)
        throw new Fault("invalid", `a walk takes at most ${longestWalkMs / 60_000} minutes`);
      await walks.checkRoom();
      const { person } = signedInCaller(request);
      whileAsked(request, reply);
      await journalFlush.ask();
      const zones = await readZones(paths.zones, settings.motion);
      const question = questionOf({ zones, fromWallMs, toWallMs }, context);
      const about = { id: newId(clock.wallMs()), name, by: person.name, notes };
      const walk = await calibration.walk(question, about);
      await walks.add(walk);
      return reply.code(201).send(walk);
    },
  );

  api.get(
    "/api/walks/:id",
    {
      config: { allow: calibrators },
      schema: { summary: "One walk", params: idParams, response: { 200: walkSchema, ...errorAnswers } },
    },
    async ({ params }) => walks.get(params.id),
  );

  api.get(
    "/api/walks/:id/report",
    {
      config: { allow: calibrators },
      schema: { summary: "The same as a page to print or hand over", params: idParams },
    },
    async ({ params }, reply) => {
      const walk = await walks.get(params.id);
      return reply
        .type("text/html; charset=utf-8")
        .headers({
          "content-security-policy": reportSecurity,
          "content-disposition": `attachment; filename="sill-walk-${walk.id}.html"`,
          "cache-control": "no-store",
        })
        .send(walkHtml(walk));
    },
  );

  api.delete(
    "/api/walks/:id",
    {
      config: { allow: calibrators },
      schema: {
        summary: "Deletes a walk and its report",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async ({ params }, reply) => {
      await walks.remove(params.id);
      return reply.code(204).send(undefined);
    },
  );
}
