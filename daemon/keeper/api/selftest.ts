/**
 * Routes of the self-test: begin one, watch it, read what was found before.
 *
 * A run goes on when its page is closed (a phone on a ladder goes dark); what was asked of a person is then just
 * not answered. The page that a report makes is one file without scripts that loads nothing.
 */
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import { reportHtml } from "../../selftest/report/html.ts";
import { reportJunit } from "../../selftest/report/junit.ts";
import { chosen } from "../../selftest/run.ts";
import { allChecks } from "../../selftest/checks/all.ts";
import { selftestBodySchema, selftestPastSchema, selftestStateSchema } from "../../wire/api-selftest.ts";
import { selftestReportSchema } from "../../wire/selftest.ts";
import { faultFields } from "../log.ts";
import { calibrators } from "./calibration.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";
import { reportSecurity } from "./walks.ts";

export function selftestRoutes(api: Api, { parts }: ApiContext): void {
  const { selftest, selftestShelf: shelf, history } = parts;

  api.get(
    "/api/selftest",
    {
      config: { allow: calibrators },
      schema: {
        summary: "How far the newest self-test is",
        response: { 200: selftestStateSchema, ...errorAnswers },
      },
    },
    () => selftest.state,
  );

  api.post(
    "/api/selftest",
    {
      config: { allow: calibrators },
      schema: {
        summary: "Begins a self-test",
        body: selftestBodySchema,
        response: { 202: selftestStateSchema, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { attended, only } = request.body;
      chosen(allChecks, only);
      const begun = Promise.withResolvers<void>();
      const run = selftest.run(
        { attended, only, outbound: false },
        () => begun.resolve(),
        new AbortController().signal,
      );
      run.then(
        ({ fault }) => fault !== null && request.log.error(faultFields(fault), "the self-test was not kept"),
        (error: unknown) => begun.reject(toFault(error)),
      );
      await begun.promise;
      return reply.code(202).send(selftest.state);
    },
  );

  api.delete(
    "/api/selftest",
    {
      config: { allow: calibrators },
      schema: {
        summary: "Ends the self-test that is running",
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (_request, reply) => {
      selftest.cancel();
      return reply.code(204).send(undefined);
    },
  );

  api.get(
    "/api/selftests",
    {
      config: { allow: calibrators },
      schema: {
        summary: "Past self-tests, newest first",
        response: { 200: selftestPastSchema, ...errorAnswers },
      },
    },
    async () => ({
      reports: (await shelf.list()).map(({ id, startedWallMs, tookMs, verdict, counts, cut, how }) => {
        return { id, startedWallMs, tookMs, verdict, counts, cut, how };
      }),
    }),
  );

  api.get(
    "/api/selftests/:id",
    {
      config: { allow: calibrators },
      schema: {
        summary: "One report",
        params: idParams,
        response: { 200: selftestReportSchema, ...errorAnswers },
      },
    },
    ({ params }) => shelf.get(params.id),
  );

  api.get(
    "/api/selftests/:id/html",
    {
      config: { allow: calibrators },
      schema: { summary: "The same as a page to print or hand over", params: idParams },
    },
    async ({ params }, reply) => {
      const report = await shelf.get(params.id);
      return reply
        .type("text/html; charset=utf-8")
        .headers({
          "content-security-policy": reportSecurity,
          "content-disposition": `attachment; filename="sill-selftest-${report.id}.html"`,
          "cache-control": "no-store",
        })
        .send(reportHtml(report));
    },
  );

  api.get(
    "/api/selftests/:id/junit",
    {
      config: { allow: calibrators },
      schema: { summary: "The same as JUnit XML", params: idParams },
    },
    async ({ params }, reply) => {
      const report = await shelf.get(params.id);
      return reply
        .type("application/xml; charset=utf-8")
        .headers({
          "content-disposition": `attachment; filename="sill-selftest-${report.id}.xml"`,
          "cache-control": "no-store",
        })
        .send(reportJunit(report));
    },
  );

  api.get(
    "/api/selftests/:id/picture",
    {
      config: { allow: ["owner"] },
      schema: { summary: "Its masked picture, sealed (an age file)", params: idParams },
    },
    async (request, reply) => {
      const age = await shelf.picture(request.params.id);
      const { person } = signedInCaller(request);
      await history.append({
        who: person.name,
        what: "snapshot",
        detail: "the picture of a self-test, masked",
      });
      return reply
        .type("application/octet-stream")
        .headers({ "cache-control": "no-store" })
        .send(Buffer.from(age));
    },
  );

  api.delete(
    "/api/selftests/:id",
    {
      config: { allow: calibrators },
      schema: {
        summary: "Deletes a report and its picture",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async ({ params }, reply) => {
      await shelf.remove(params.id);
      return reply.code(204).send(undefined);
    },
  );
}
