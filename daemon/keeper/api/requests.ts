/**
 * Routes of requests: what agencies ask in public and concerns this house; refusing; muting; where this house is.
 *
 * Nothing that is answered or done here reaches anybody outside.
 */
import { z } from "zod";
import { agencyIdSchema, placeSchema, sha256Schema } from "../../consent/common.ts";
import { placeAnswerSchema, requestsSchema } from "../../wire/api-consent.ts";
import { requestsOf } from "../consent/cards.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const hashParams = z.strictObject({ hash: sha256Schema });
const muteBody = z.strictObject({ agency: z.union([z.literal("all"), agencyIdSchema]), muted: z.boolean() });
const placeBody = z.strictObject({ place: placeSchema.nullable() });
const answers = { 200: requestsSchema, ...errorAnswers };

export function requestRoutes(api: Api, { parts }: ApiContext): void {
  const { requestBook, feedDesk, consent, store } = parts;
  const all = () =>
    requestsOf({
      book: requestBook,
      feed: feedDesk,
      house: consent.house,
      agencies: consent.feedStore.kept.agencies,
      spans: (window) => store.spans(window),
    });

  api.get(
    "/api/requests",
    {
      config: { allow: viewers },
      schema: {
        summary: "What was asked in public and concerns this house, newest first",
        response: answers,
      },
    },
    async () => all(),
  );

  api.post(
    "/api/requests/:hash/refuse",
    {
      config: { allow: ["owner"] },
      schema: { summary: "No. Final, and nobody outside is told", params: hashParams, response: answers },
    },
    async (request) => {
      await requestBook.refuse(request.params.hash, signedInCaller(request).person.name);
      return all();
    },
  );

  api.put(
    "/api/mute",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Stop hearing of an agency, or of all; or hear again",
        body: muteBody,
        response: answers,
      },
    },
    async (request) => {
      const { agency, muted } = request.body;
      await requestBook.mute(agency, { muted, who: signedInCaller(request).person.name });
      return all();
    },
  );

  api.get(
    "/api/place",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Where this house is; it never leaves this doorbell",
        response: { 200: placeAnswerSchema, ...errorAnswers },
      },
    },
    async () => ({ place: consent.house.place }),
  );

  api.put(
    "/api/place",
    {
      config: { allow: ["owner"] },
      schema: {
        summary:
          "Says where this house is, or that it should not know; requests published from now on are matched",
        body: placeBody,
        response: { 200: placeAnswerSchema, ...errorAnswers },
      },
    },
    async (request) => {
      await requestBook.putPlace(request.body.place, signedInCaller(request).person.name);
      return { place: consent.house.place };
    },
  );
}
