/**
 * Routes of talk: what there is to talk with, calls, and the tone of a ring.
 *
 * A call is offered and answered in one request (as WHEP does it) and belongs to the session that made it: it is nobody
 * else's to change, and ends when the session does.
 */
import { Fault } from "../../../hal/fault.ts";
import { toneOf } from "../../../hal/tones/tones.ts";
import {
  callBody,
  callSchema,
  chimeChoiceSchema,
  talkingSchema,
  talkStateSchema,
} from "../../wire/api-talk.ts";
import { z } from "zod";
import { talkState } from "../talk/state.ts";
import { viewers, type Allow } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { Conflict } from "./errors.ts";
import { signedInCaller } from "./guard.ts";

const nothing = { 204: z.undefined(), ...errorAnswers };
/** Nobody answers the door more often. */
const callRate = { max: 60, timeWindow: "1 minute" };
/** Who hangs the chime. */
const hangers: Allow = ["owner", "installer"];

export function talkRoutes(api: Api, { parts }: ApiContext): void {
  const { calls, chimeTone, doorSound, people, views } = parts;

  api.get(
    "/api/talk",
    {
      config: { allow: viewers },
      schema: {
        summary: "Speaker, microphone, replies and chime",
        response: { 200: talkStateSchema, ...errorAnswers },
      },
    },
    () => talkState(parts),
  );

  api.post(
    "/api/calls",
    {
      config: { allow: viewers, rateLimit: callRate },
      schema: {
        summary:
          "Answers the door: a WebRTC offer of sound, picture or both, with its candidates; answered at once",
        body: callBody,
        response: { 201: callSchema, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person, session } = signedInCaller(request);
      let end = (): void => {};
      const leave = await views.live(person, () => end());
      let bound = false;
      try {
        const bind = (socket: Parameters<typeof people.sockets.add>[1]): void => {
          bound = true;
          end = () => socket.close(1011, "the history cannot be written");
          people.sockets.add(session.id, socket);
          socket.on("close", leave);
        };
        return await reply.code(201).send(await calls.open(request.body.sdp, { person, session, bind }));
      } finally {
        if (!bound) leave();
      }
    },
  );

  api.put(
    "/api/calls/:id",
    {
      config: { allow: viewers },
      schema: {
        summary: "Begins or ends to talk; meanwhile nobody hears the door",
        params: idParams,
        body: talkingSchema,
        response: { 200: talkingSchema, ...errorAnswers },
      },
    },
    (request) => {
      const { params, body } = request;
      const { session } = signedInCaller(request);
      if (calls.talk(params.id, session.id, body.talking)) return body;
      throw new Conflict("denied", "somebody else is talking to the door", {
        hint: "wait until they have finished",
      });
    },
  );

  api.delete(
    "/api/calls/:id",
    { config: { allow: viewers }, schema: { summary: "Hangs up", params: idParams, response: nothing } },
    async (request, reply) => {
      calls.hangUp(request.params.id, signedInCaller(request).session.id);
      return reply.code(204).send(undefined);
    },
  );

  api.put(
    "/api/chime",
    {
      config: { allow: hangers },
      schema: {
        summary: "Chooses the tone of a ring, where it sounds through the speaker",
        body: chimeChoiceSchema,
        response: { 200: chimeChoiceSchema, ...errorAnswers },
      },
    },
    async ({ body }) => {
      await chimeTone.choose(body);
      return body;
    },
  );

  api.post(
    "/api/chime/try",
    {
      config: { allow: hangers },
      schema: {
        summary: "Sounds a tone at the door; answered when it has sounded",
        body: chimeChoiceSchema,
        response: nothing,
      },
    },
    async ({ body }, reply) => {
      if (doorSound.listeners > 0) throw new Fault("unavailable", "somebody is in a call with the door");
      await doorSound.sound(toneOf(body.tone, body.volume));
      return reply.code(204).send(undefined);
    },
  );
}
