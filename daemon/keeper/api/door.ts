/**
 * Routes of the door: what a page must know before anybody is signed in, and the first owner.
 */
import { z } from "zod";
import { doorSchema, peopleSchema } from "../../wire/api-household.ts";
import { enrol } from "../people/enrol.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { Conflict } from "./errors.ts";
import { maxRecordBytes, peopleOf } from "./people.ts";

const pairBody = z.strictObject({ code: z.string().max(64), record: z.unknown() });
/** Besides the five wrong tries of a code: nobody types faster. */
const pairRate = { max: 10, timeWindow: "1 minute" };

export function doorRoutes(api: Api, { parts, certificate }: ApiContext): void {
  const { people, history, settings } = parts;
  const { household, pairing, device } = people;

  api.get(
    "/api/door",
    {
      config: { allow: "everyone" },
      schema: {
        summary: "Which doorbell this is, and whether it has an owner",
        response: { 200: doorSchema },
      },
    },
    async ({ hostname }) => ({
      device: device.device,
      // a browser that trusts the other one by itself has nothing to compare
      certificate: parts.named?.covers(hostname) === true ? null : (certificate?.fingerprint ?? null),
      paired: household.isPaired,
      simulated: settings.camera.driver === "sim",
    }),
  );

  api.post(
    "/api/pair",
    {
      config: { allow: "everyone", rateLimit: pairRate },
      bodyLimit: maxRecordBytes,
      schema: {
        summary: "Enrols the first owner: the one-time code, and household record 0, signed by them",
        body: pairBody,
        response: { 201: peopleSchema, ...errorAnswers },
      },
    },
    async ({ body }, reply) => {
      if (household.fault !== null) throw household.fault;
      if (household.isPaired) throw pairedAlready();
      await pairing.admit(body.code, async () => {
        if (household.isPaired) throw pairedAlready(); // while this one waited for its turn
        await enrol(body.record, { household, history });
      });
      return reply.code(201).send(peopleOf(people, null));
    },
  );
}

function pairedAlready(): Conflict {
  return new Conflict("denied", "this doorbell is paired already", {
    hint: "ask an owner: they enrol others on the page, under People",
  });
}
