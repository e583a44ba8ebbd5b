/**
 * Route of privacy now: closes the camera's sight, or opens it again. How it stands is in the status.
 *
 * Whoever lives here may close it. It is opened by who is as near as who closed it (daemon/wire/privacy.ts).
 */
import type { Closer } from "../../wire/privacy.ts";
import { privacyBodySchema, privacyStateSchema } from "../../wire/privacy.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

export function privacyRoutes(api: Api, { parts }: ApiContext): void {
  api.put(
    "/api/privacy",
    {
      config: { allow: viewers },
      schema: {
        summary:
          "Closes the camera's sight for some minutes or until it is opened (privacy now), or opens it",
        body: privacyBodySchema,
        response: { 200: privacyStateSchema, ...errorAnswers },
      },
    },
    async (request) => {
      const { person } = signedInCaller(request);
      const { closed, minutes } = request.body;
      const by: Closer = person.role === "owner" ? "owner" : "member";
      const who = { by, name: person.name };
      if (closed) await parts.privacy.close({ ...who, forMs: minutes === null ? null : minutes * 60_000 });
      else await parts.privacy.openFor(who);
      return parts.privacy.state;
    },
  );
}
