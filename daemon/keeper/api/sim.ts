/**
 * Routes of the tester: press the simulated button, move before the simulated PIR, listen to the simulated speaker.
 * A real one answers 409: nobody rings a real bell from a browser.
 */
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import type { Allow } from "./allow.ts";
import { writeWav } from "../../../hal/pcm.ts";
import { asSimSpeaker } from "../sensors/drivers.ts";
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

  api.get(
    "/api/sim/speaker",
    { config: { allow: hands }, schema: { summary: "What the simulated speaker sounded last (audio/wav)" } },
    async (_request, reply) => {
      const speaker = asSimSpeaker(parts.doorSound.speaker);
      if (speaker === null)
        throw new Conflict("unavailable", "the speaker is not a simulated one", {
          hint: "start with --talk.speaker sim",
        });
      return reply
        .type("audio/wav")
        .header("cache-control", "no-store")
        .send(Buffer.from(writeWav(speaker.heard())));
    },
  );
}
