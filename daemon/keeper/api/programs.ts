/**
 * Routes of programs: an owner makes a key with which a program reads events and status; it is listed and taken away
 * as a session is (sessions.ts).
 */
import { z } from "zod";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const programBody = z.strictObject({ name: z.string().trim().min(1).max(40) });
const programMade = z.object({ id: z.string(), key: z.string() });

export function programRoutes(api: Api, { parts }: ApiContext): void {
  const { people, history } = parts;

  api.post(
    "/api/programs",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Makes a key with which a program reads events, status and metrics; it is told once",
        body: programBody,
        response: { 201: programMade, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person } = signedInCaller(request);
      const { name } = request.body;
      await history.append({ who: person.name, what: "program-let-in", detail: name });
      const { token, session } = await people.sessions.createProgram(person, name);
      return reply.code(201).send({ id: session.id, key: token });
    },
  );
}
