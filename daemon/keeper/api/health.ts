/**
 * Routes of the house itself: health, status, metrics.
 */
import { healthLogSchema, healthSchema } from "../../wire/api-health.ts";
import { statusSchema } from "../../wire/api-status.ts";
import { isViewer } from "../../household/roles.ts";
import { problemTexts } from "../problems.ts";
import { statusOf } from "../status.ts";
import { withoutConsent } from "../without-consent.ts";
import { signedIn } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

export function healthRoutes(api: Api, { parts, metrics }: ApiContext): void {
  api.get(
    "/healthz",
    {
      config: { allow: "everyone", rateLimit: false },
      schema: {
        summary:
          "200 while frames flow or the camera sleeps until somebody comes, else 503 with the same body",
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_request, reply) => {
      const status = statusOf(parts);
      const { camera } = status;
      const ok = camera.state === "running" || camera.state === "asleep";
      return reply.code(ok ? 200 : 503).send({
        ok,
        camera: camera.state,
        store: parts.store.isOpen && parts.store.queue.fault === null ? ("ok" as const) : ("failed" as const),
        uptimeMs: Math.round(parts.clock.monoMs() - parts.startedMonoMs),
        problems: problemTexts(parts, status),
      });
    },
  );

  api.get(
    "/api/health",
    {
      config: { allow: signedIn, takesProgram: true },
      schema: {
        summary: "What is wrong and since when, and what was wrong since Sill started",
        response: { 200: healthLogSchema, ...errorAnswers },
      },
    },
    async () => ({ standing: parts.problems.standing, past: parts.problems.past }),
  );

  api.get(
    "/api/status",
    {
      config: { allow: signedIn, takesProgram: true },
      schema: { summary: "Everything that is going on", response: { 200: statusSchema } },
    },
    async (request) => {
      const status = statusOf(parts);
      return isViewer(signedInCaller(request).person.role) ? status : withoutConsent(status);
    },
  );

  api.get(
    "/metrics",
    {
      config: { allow: ["owner", "tester"], takesProgram: true, takesMetricsToken: true, rateLimit: false },
      schema: {
        summary: "For Prometheus, which may show the token of web.metricsToken instead of a session",
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text(parts)),
  );
}
