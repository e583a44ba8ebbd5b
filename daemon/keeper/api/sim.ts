/**
 * Routes of the tester: press the simulated button, move before the simulated PIR.
 * A real one answers 409: nobody rings a real bell from a browser.
 */
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import type { Allow } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { Conflict } from "./errors.ts";

/** Who calibrates or proves the hardware. */
const hands: Allow = ["owner", "installer", "tester"];
const accepted = z.object({ accepted: z.literal(true) });
const pirBody = z.strictObject({ active: z.boolean() });

function orConflict(act: () => void): { accepted: true } {
  try {
    act();
    return { accepted: true };
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    throw new Conflict(kind, message, { hint, cause: error });
  }
}

export function simRoutes(api: Api, { parts }: ApiContext): void {
  api.post(
    "/api/sim/press",
    {
      config: { allow: hands },
      schema: { summary: "Presses the simulated button", response: { 202: accepted, ...errorAnswers } },
    },
    async (_request, reply) => reply.code(202).send(orConflict(() => parts.sensors.simPress())),
  );

  api.post(
    "/api/sim/pir",
    {
      config: { allow: hands },
      schema: {
        summary: "Sets the simulated PIR",
        body: pirBody,
        response: { 202: accepted, ...errorAnswers },
      },
    },
    async ({ body }, reply) => reply.code(202).send(orConflict(() => parts.sensors.simPir(body.active))),
  );
}
