/**
 * Routes of the notice: the page for passers-by and the sign to print. Everybody may ask, without a
 * session: both say the same facts, which are meant for the street.
 *
 * What a query says wrongly is taken as not said: who scans a code must never meet an error.
 */
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Household } from "../../household/household.ts";
import { openPolicy } from "../../policy/policy.ts";
import { lanHostOf, noticeAddress } from "../notice/address.ts";
import { noticeFacts, type NoticeFacts, type PolicyFacts } from "../notice/facts.ts";
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

/** null = there is none that the eye would take, so it shows nothing. */
async function readPolicy(path: string, household: Household): Promise<PolicyFacts | null> {
  try {
    return openPolicy(JSON.parse(await readFile(path, "utf8")), household).value;
  } catch {
    return null; // the eye says what is wrong with it
  }
}

export function noticeRoutes(api: Api, { parts, paths }: ApiContext): void {
  const { settings } = parts;

  async function factsFor({ protocol, host }: FastifyRequest): Promise<NoticeFacts> {
    const lanHost = lanHostOf(settings.web.host, networkInterfaces());
    const address = noticeAddress({ url: settings.notice.url, protocol, host, lanHost });
    const policy = await readPolicy(paths.policy, parts.people.household.current);
    return noticeFacts({ settings, policy, address });
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
      return send(reply, noticePage(await factsFor(request), language), pageStyle);
    },
  );

  api.get(
    "/notice/sign",
    { config: open, schema: { summary: "The same as a sign to print, A4 or A5", querystring: signQuery } },
    async (request, reply) => {
      const { paper, language } = request.query;
      const reader = languageOf(request.headers["accept-language"]);
      return send(reply, noticeSign(await factsFor(request), { paper, language, reader }), signStyles[paper]);
    },
  );
}
