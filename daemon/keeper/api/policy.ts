/**
 * Routes of the privacy policy: the one in force, a new one signed by an owner, and the two single
 * pictures: the unmasked one on which an owner draws, and the masked one.
 */
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { ownerWith } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope } from "../../identity/verify.ts";
import { setupStillSchema } from "../../policy/setup-still.ts";
import { policyStateSchema } from "../../wire/api-household.ts";
import type { Parts } from "../parts.ts";
import { policyWords } from "../policy-words.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const policyBody = z.strictObject({ envelope: z.unknown() });
const stillBody = z.strictObject({ request: z.unknown() });
/** 65 lines of 1,024 corners fit, twice encoded. */
const maxPolicyBytes = 1024 * 1024;
const stillRate = { max: 30, timeWindow: "1 minute" };

/** What the eye would refuse for its shape is refused here first, as far as the camera is known. */
function pictureOf({ eye }: Parts): FrameGeometry | null {
  const camera = eye.status?.camera;
  return camera?.state === "running" ? (camera.view?.sensor ?? camera) : null;
}

function stateOf({ policies, eye, settings }: Parts) {
  return {
    envelope: policies.envelope,
    nextVersion: policies.nextVersion,
    suggestion: settings.camera.driver === "sim" ? porchPolicy : null,
    stillNonce: eye.status?.stillNonce ?? null,
  };
}

/** Throws Fault `denied` or `invalid` before anything is written; the eye judges it again. */
function checkStillRequest(request: unknown, { people, eye }: Parts): string {
  const household = people.household.current;
  const { value, signKey } = verifyEnvelope(request, {
    type: payloadTypes.setupStill,
    schema: setupStillSchema,
    trusts: (key) => ownerWith(household, key) !== null,
    what: "request for a setup still",
  });
  if (value.device !== household.device)
    throw new Fault("denied", "this request was signed for another doorbell");
  if (eye.status?.stillNonce !== undefined && value.nonce !== eye.status.stillNonce)
    throw new Fault("denied", "this request was used already or is not the newest", {
      hint: "load the page again and ask once more",
    });
  return ownerWith(household, signKey)?.name ?? "";
}

function sendSealed(reply: FastifyReply, age: Buffer): FastifyReply {
  return reply.type("application/octet-stream").header("cache-control", "no-store").send(age);
}

export function policyRoutes(api: Api, { parts }: ApiContext): void {
  const { people, policies, history, stills, eye, janitor, rtsp } = parts;

  api.get(
    "/api/policy",
    {
      config: { allow: ["owner", "member", "installer"] },
      schema: {
        summary: "The privacy policy in force",
        response: { 200: policyStateSchema, ...errorAnswers },
      },
    },
    async () => stateOf(parts),
  );

  api.put(
    "/api/policy",
    {
      config: { allow: ["owner"] },
      bodyLimit: maxPolicyBytes,
      schema: {
        summary: "A new privacy policy, signed by an owner; the eye judges it again",
        body: policyBody,
        response: { 200: policyStateSchema, ...errorAnswers },
      },
    },
    async ({ body }) => {
      await policies.put(body.envelope, {
        household: () => people.household.current,
        picture: pictureOf(parts),
        onNarrowed: () => rtsp.look(), // what it no longer allows ends now
        before: async ({ policy, was, by, fromFrac, toFrac }) => {
          await history.append({
            who: by,
            what: "policy",
            detail: policyWords(policy, was),
            fromFrac,
            toFrac,
          });
        },
      });
      rtsp.look();
      eye.send({ type: "policy-changed" });
      void janitor.sweep(); // recordings may have to go sooner now
      return stateOf(parts);
    },
  );

  api.post(
    "/api/still",
    {
      config: { allow: ["owner"], rateLimit: stillRate },
      schema: {
        summary:
          "The unmasked picture on which the line is drawn, sealed to the owner who signed the request",
        body: stillBody,
      },
    },
    async ({ body }, reply) => {
      const who = checkStillRequest(body.request, parts);
      const entry = {
        who,
        what: "setup-still",
        detail: "one unmasked picture, to draw the line on",
      } as const;
      const asked = { kind: "setup", request: body.request } as const;
      return sendSealed(reply, await stills.ask(asked, () => history.append(entry)));
    },
  );

  api.post(
    "/api/snapshot",
    {
      config: { allow: viewers, rateLimit: stillRate },
      schema: { summary: "One masked picture of now, sealed to everybody who may watch" },
    },
    async (request, reply) => {
      const { person } = signedInCaller(request);
      const entry = { who: person.name, what: "snapshot", detail: "one picture, masked" } as const;
      return sendSealed(reply, await stills.ask({ kind: "snapshot" }, () => history.append(entry)));
    },
  );
}
