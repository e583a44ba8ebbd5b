/**
 * Routes of the notice: the page for passers-by and the sign to print. Everybody may ask, without a
 * session: both say the same facts, which are meant for the street.
 *
 * What a query says wrongly is taken as not said: who scans a code must never meet an error.
 */
import { networkInterfaces } from "node:os";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { lanHostOf, noticeAddress } from "../notice/address.ts";
import { noticeFacts, type NoticeFacts } from "../notice/facts.ts";
import { languageOf, languages } from "../notice/language.ts";
import { noticePage } from "../notice/page.ts";
import { noticeSign, signLanguages } from "../notice/sign.ts";
import { pageStyle, papers, signStyles, type Style } from "../notice/style.ts";
import type { Api, ApiContext } from "./context.ts";

const pageQuery = z.object({ language: z.enum(languages).optional().catch(undefined) });
const signQuery = z.object({
  paper: z.enum(papers).catch("a4"),
  language: z.enum(signLanguages).catch("both"),
});

/** No session is needed. */
const open = { allow: "everyone" } as const;

export function noticeRoutes(api: Api, { parts }: ApiContext): void {
  const { settings, policies, eye } = parts;

  function factsFor({ protocol, host }: FastifyRequest): NoticeFacts {
    const lanHost = lanHostOf(settings.web.host, networkInterfaces());
    const address = noticeAddress({ url: settings.notice.url, protocol, host, lanHost });
    const { policy } = policies;
    const obeyed = eye.status?.mask.policyVersion;
    const inForce = obeyed === undefined || obeyed === policy?.version;
    return noticeFacts({ settings, policy, inForce, address });
  }

  async function send(reply: FastifyReply, text: string, { security }: Style): Promise<FastifyReply> {
    return reply
      .type("text/html; charset=utf-8")
      .headers({
        "content-security-policy": security,
        "cache-control": "no-cache",
        vary: "accept-language",
      })
      .send(text);
  }

  api.get(
    "/notice",
    { config: open, schema: { summary: "What passers-by are told, as a page", querystring: pageQuery } },
    async (request, reply) => {
      const language = request.query.language ?? languageOf(request.headers["accept-language"]);
      return send(reply, noticePage(factsFor(request), language), pageStyle);
    },
  );

  api.get(
    "/notice/sign",
    { config: open, schema: { summary: "The same as a sign to print, A4 or A5", querystring: signQuery } },
    async (request, reply) => {
      const { paper, language } = request.query;
      const reader = languageOf(request.headers["accept-language"]);
      return send(reply, noticeSign(factsFor(request), { paper, language, reader }), signStyles[paper]);
    },
  );
}
