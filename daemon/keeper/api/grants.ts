/**
 * Routes of grants: what an owner signed to leave, how far it is, stopping it, and what became of it.
 *
 * Every member sees every disclosure (I10); only owners change anything, and what counts is their signature in
 * the body, not the session that carries it.
 */
import { z } from "zod";
import { boardDock, shareDock } from "../../consent/docks.ts";
import {
  destinationsSchema,
  grantCardSchema,
  grantOrderSchema,
  grantsSchema,
  type GrantCard,
} from "../../wire/api-consent.ts";
import { toFault } from "../../../hal/fault.ts";
import { faultFields } from "../log.ts";
import type { Parts } from "../parts.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

/** The letter (3 MB), a manifest of 1,500 items and their headers, as base64 in JSON. */
const maxOrderBytes = 6 * 1024 * 1024;
const maxEnvelopeBytes = 16 * 1024;
const orderRate = { max: 60, timeWindow: "1 minute" };
const envelopeBody = z.strictObject({ envelope: z.unknown() });
const one = { 200: grantCardSchema, ...errorAnswers };

/** What an owner shares is kept like everything else; without an index the retention rules know it all the same. */
function spareShared({ store, book }: Pick<Parts, "store" | "book">, { clips }: GrantCard): void {
  if (!store.isOpen) return;
  const events = new Set(clips.flatMap(({ clip }) => store.shownBy(clip)));
  for (const id of events) if (store.event(id)?.kind === "motion") book.spare(id, "shared");
}

export function grantRoutes(api: Api, { parts }: ApiContext): void {
  const { grants, settings, people } = parts;

  api.get(
    "/api/grants",
    {
      config: { allow: viewers },
      schema: {
        summary: "Everything that was granted, newest first",
        response: { 200: grantsSchema, ...errorAnswers },
      },
    },
    async () => ({ grants: grants.book.cards }),
  );

  api.get(
    "/api/grants/:id",
    { config: { allow: viewers }, schema: { summary: "One grant", params: idParams, response: one } },
    async ({ params }) => grants.book.card(params.id),
  );

  api.post(
    "/api/grants",
    {
      config: { allow: ["owner"], rateLimit: orderRate },
      bodyLimit: maxOrderBytes,
      schema: {
        summary: "Grants exactly these bytes to exactly this recipient, signed by an owner",
        body: grantOrderSchema,
        response: one,
      },
    },
    async ({ body, log }) => {
      const card = await grants.book.keep(body);
      try {
        spareShared(parts, card);
      } catch (error) {
        // it is signed, kept and will be sent, whatever the index says
        log.warn(faultFields(toFault(error)), "the events of what was granted were not found");
      }
      return card;
    },
  );

  api.post(
    "/api/grants/:id/revoke",
    {
      config: { allow: ["owner"] },
      bodyLimit: maxEnvelopeBytes,
      schema: {
        summary: "Stops it: a revocation signed by any owner; within the cooling-off time it is cancelled",
        params: idParams,
        body: envelopeBody,
        response: one,
      },
    },
    async ({ params, body }) => grants.book.revoke(params.id, body.envelope),
  );

  api.post(
    "/api/grants/:id/resume",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "A suspended one goes on, and with it that the doorbell's clock is right",
        params: idParams,
        response: one,
      },
    },
    async (request) => grants.book.resume(request.params.id, signedInCaller(request).person.name),
  );

  api.post(
    "/api/grants/:id/ask",
    {
      config: { allow: ["owner"] },
      schema: { summary: "Looks for a receipt, or for an answer, now", params: idParams, response: one },
    },
    async ({ params }) => grants.book.ask(params.id),
  );

  api.post(
    "/api/grants/:id/deletion",
    {
      config: { allow: ["owner"] },
      bodyLimit: maxEnvelopeBytes,
      schema: {
        summary: "Asks the recipient to delete what it has: a deletion notice signed by an owner",
        params: idParams,
        body: envelopeBody,
        response: one,
      },
    },
    async ({ params, body }) => grants.book.askDeletion(params.id, body.envelope),
  );

  api.get(
    "/api/destinations",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "What a grant may name besides a request",
        response: { 200: destinationsSchema, ...errorAnswers },
      },
    },
    async () => ({
      device: people.household.current.device,
      archive: settings.archive.to === "" ? null : settings.archive.to,
      share: shareDock(settings),
      board: boardDock(settings),
      coolingOffS: settings.consent.coolingOffS,
    }),
  );
}
