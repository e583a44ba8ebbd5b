/**
 * Public routes: what everybody may read, without a cookie or an account. Nothing here changes anything. The
 * public log itself is answered before the framework (server/log-listener.ts).
 */
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import {
  aboutSchema,
  agencyListSchema,
  agencyPageSchema,
  boardPageSchema,
  boardQuerySchema,
  feedQuerySchema,
  requestDetailSchema,
  requestPageSchema,
  shareSchema,
} from "../api.ts";
import { sharesDock } from "../dock/docks.ts";
import {
  agencyParams,
  errorAnswers,
  grantParams,
  hashParams,
  type Api,
  type PortalContext,
} from "../server/context.ts";
import { sendBytes } from "../server/ranges.ts";
import { version } from "../server/version.ts";
import type { KeptParcel } from "../store/store.ts";
import { agencyCard, agencyRecord, boxOf, noteOf, requestCards } from "./cards.ts";

const maxAgencies = 2_000;
const agenciesFreshMs = 2_000;
/** Mirrors and CDNs may keep an answer for so long. */
const briefly = "public, max-age=10";

export function publicRoutes(api: Api, context: PortalContext): void {
  const { settings, keys, store, clock, url } = context;
  const { registry, posts } = store;

  // each card is a question of its own; who asks often gets the last answer
  const agencies = keptFor(agenciesFreshMs, clock, async () => {
    const cards = [];
    for (const each of await registry.agencies(maxAgencies))
      cards.push(await agencyCard(store, each, clock.wallMs()));
    return cards.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  });

  api.get("/api/portal", { schema: { response: { 200: aboutSchema, ...errorAnswers } } }, async () => ({
    name: settings.title,
    url: url(),
    logKey: keys.logKey,
    registrarKey: keys.registrar.signKey,
    logSize: (await registry.head())?.size ?? 0,
    docks: { shares: `${url()}/dock/shares`, board: `${url()}/dock/board` },
    wallMs: Math.round(clock.wallMs()),
    version,
  }));

  api.get(
    "/api/requests",
    { schema: { querystring: feedQuerySchema, response: { 200: requestPageSchema, ...errorAnswers } } },
    async ({ query }, reply) => {
      const { agency, type, state, from, to, before, limit } = query;
      const nowMs = clock.wallMs();
      const filter = { agency, type, state, from, to, before, box: boxOf(query), nowMs, limit: limit + 1 };
      const found = await registry.requests(filter);
      const shown = found.slice(0, limit);
      void reply.header("cache-control", briefly);
      return {
        requests: await requestCards(store, shown, nowMs),
        next: found.length > limit ? (shown.at(-1)?.index ?? null) : null,
      };
    },
  );

  api.get(
    "/api/requests/:hash",
    { schema: { params: hashParams, response: { 200: requestDetailSchema, ...errorAnswers } } },
    async ({ params }) => {
      const request = await registry.request(params.hash);
      const [card] = request === null ? [] : await requestCards(store, [request], clock.wallMs());
      if (request === null || card === undefined)
        throw new Fault("not-found", "the log holds no request with this hash");
      return { ...card, envelope: shown(request.envelope) };
    },
  );

  api.get(
    "/api/agencies",
    { schema: { response: { 200: agencyListSchema, ...errorAnswers } } },
    async (_request, reply) => {
      void reply.header("cache-control", briefly);
      return { agencies: await agencies() };
    },
  );

  api.get(
    "/api/agencies/:id",
    { schema: { params: agencyParams, response: { 200: agencyPageSchema, ...errorAnswers } } },
    async ({ params }) => {
      const versions = await registry.agencyVersions(params.id);
      const [newest] = versions;
      if (newest === undefined) throw new Fault("not-found", "the log holds no such agency");
      const nowMs = clock.wallMs();
      const requests = await registry.requests({ agency: params.id, nowMs, limit: 500 });
      const notes = await registry.notes([...versions, ...requests].map(({ hash }) => hash));
      return {
        profile: newest.profile,
        envelope: shown(newest.envelope),
        versions: versions.map(({ index, hash, profile }) => ({
          index,
          hash,
          version: profile.version,
          issuedAt: profile.issuedAt,
        })),
        record: await agencyRecord(store, params.id, nowMs),
        notes: notes.toReversed().map((note) => ({ ...noteOf(note), about: note.about })),
      };
    },
  );

  api.get(
    "/api/board",
    { schema: { querystring: boardQuerySchema, response: { 200: boardPageSchema, ...errorAnswers } } },
    async ({ query }, reply) => {
      const { limit } = query;
      const filter = {
        box: boxOf(query),
        before: beforeOf(query.before),
        nowMs: clock.wallMs(),
        limit: limit + 1,
      };
      const found = await posts.board(filter);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      void reply.header("cache-control", briefly);
      return {
        posts: page.map(({ hash, post, envelope, approvedAt, approval }) => ({
          hash,
          post,
          envelope: shown(envelope),
          approvedAt: approvedAt ?? 0,
          approval: approval === null ? null : shown(approval),
        })),
        next: found.length > limit && last !== undefined ? `${last.approvedAt ?? 0}-${last.hash}` : null,
      };
    },
  );

  api.get(
    "/api/shares/:grant",
    { schema: { params: grantParams, response: { 200: shareSchema, ...errorAnswers } } },
    async ({ params }, reply) => {
      const { grant, bytes, letterBytes, until } = await share(context, params.grant);
      void reply.header("cache-control", "no-store");
      return { grant, bytes, letterBytes, until };
    },
  );

  api.get(
    "/api/shares/:grant/parcel",
    { schema: { params: grantParams, response: { 206: z.unknown(), ...errorAnswers } } },
    async (request, reply) => {
      const { upload, bytes } = await share(context, request.params.grant);
      return sendBytes(request, reply, {
        length: bytes,
        read: (from, to) => context.bytes.read(upload, from, to),
      });
    },
  );
}

/** Asks once for all who ask at the same time or shortly after. What failed is asked again. */
function keptFor<T>(freshMs: number, clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; readonly askedMonoMs: number } | null = null;
  return () => {
    const nowMs = clock.monoMs();
    if (kept !== null && nowMs - kept.askedMonoMs < freshMs) return kept.answer;
    const answer = ask();
    kept = { answer, askedMonoMs: nowMs };
    answer.catch(() => (kept = null));
    return answer;
  };
}

async function share({ store, clock }: PortalContext, grant: string): Promise<KeptParcel> {
  const parcel = await store.parcels.arrived(sharesDock, grant);
  if (parcel === null || !parcel.here || parcel.until <= clock.wallMs())
    throw new Fault("not-found", "there is no such link, or its time is over");
  return parcel;
}

function beforeOf(text: string | undefined): { approvedAt: number; hash: string } | undefined {
  const [, at, hash] = /^(\d{1,15})-([0-9a-f]{64})$/u.exec(text ?? "") ?? [];
  return at === undefined || hash === undefined ? undefined : { approvedAt: Number(at), hash };
}

/** The schema's arrays are mutable, ours are not. */
export function shown<T extends { readonly signatures: readonly unknown[] }>({ signatures, ...rest }: T) {
  return { ...rest, signatures: [...signatures] as T["signatures"][number][] };
}
