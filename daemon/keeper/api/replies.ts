/**
 * Routes of quick replies: make one of words or of a recording, sound it at the door, delete it.
 */
import { z } from "zod";
import { readWav } from "../../../hal/pcm.ts";
import { replyNameSchema, replySchema, replyWordsSchema } from "../../wire/api-talk.ts";
import { mostReplyBytes, voices } from "../../wire/reply-limits.ts";
import { speak } from "../talk/speech.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const spokenBody = z.strictObject({ name: replyNameSchema, words: replyWordsSchema, voice: z.enum(voices) });
const recordedQuery = z.strictObject({ name: replyNameSchema });
const nothing = { 204: z.undefined(), ...errorAnswers };

export function replyRoutes(api: Api, { parts }: ApiContext): void {
  const { replies, doorSound, history } = parts;

  api.post(
    "/api/replies",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Makes a quick reply of words, which the doorbell speaks",
        body: spokenBody,
        response: { 201: replySchema, ...errorAnswers },
      },
    },
    async ({ body }, reply) => {
      const pcm = await speak(body.words, body.voice);
      return reply.code(201).send(await replies.add(body.name, "spoken", pcm));
    },
  );

  // a scope of its own: no other route takes sound
  api.register(async (scope: Api) => {
    scope.addContentTypeParser(
      "audio/wav",
      { parseAs: "buffer", bodyLimit: mostReplyBytes },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      "/api/replies/recorded",
      {
        config: { allow: ["owner"] },
        bodyLimit: mostReplyBytes,
        schema: {
          summary: "Makes a quick reply of a recording (audio/wav: one channel, 16 bits)",
          querystring: recordedQuery,
          response: { 201: replySchema, ...errorAnswers },
        },
      },
      async ({ body, query }, reply) => {
        const file = body instanceof Uint8Array ? body : new Uint8Array();
        return reply.code(201).send(await replies.add(query.name, "recorded", readWav(file)));
      },
    );
  });

  api.post(
    "/api/replies/:id/play",
    {
      config: { allow: viewers },
      schema: {
        summary: "Sounds a reply at the door; answered when it has sounded",
        params: idParams,
        response: nothing,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { name } = replies.get(id);
      const { person } = signedInCaller(request);
      const pcm = await replies.sound(id);
      await history.append({ who: person.name, what: "reply-played", detail: name });
      await doorSound.sound(pcm);
      return reply.code(204).send(undefined);
    },
  );

  api.delete(
    "/api/replies/:id",
    {
      config: { allow: ["owner"] },
      schema: { summary: "Deletes a reply", params: idParams, response: nothing },
    },
    async ({ params }, reply) => {
      await replies.remove(params.id);
      return reply.code(204).send(undefined);
    },
  );
}
