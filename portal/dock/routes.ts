/**
 * Dock routes: what a doorbell calls. No account and no cookie: who delivers is nobody's business.
 *
 *   POST   {dock}                         tus creation; `Location: /dock/up/SECRET`
 *   HEAD, PATCH, DELETE /dock/up/SECRET   tus
 *   GET    {dock}/{grant}/receipt         the agency's envelope | 404
 *   PUT    {dock}/{grant}/deletion        an owner's deletion notice, 204
 *   GET    {dock}/{grant}/deletion        the agency's answer | 404
 *   DELETE {dock}/{grant}                 forgets a share; `Upload-Location` must be its address at creation,
 *                                         for the grant's id is in the link and known to whoever has that
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { agencyIdSchema, idSchema } from "../../daemon/consent/common.ts";
import { Fault } from "../../hal/fault.ts";
import { errorAnswers, type Api, type PortalContext } from "../server/context.ts";
import type { DockName } from "../store/store.ts";
import { leaveNotice } from "./after.ts";
import { agencyDock, boardDock, sharesDock } from "./docks.ts";
import { uploadPath } from "./receiving.ts";
import { Refused } from "./refused.ts";

const upload = z.strictObject({ upload: z.string().regex(/^[A-Za-z0-9_-]{43}$/u, "not an upload") });
const atAgency = z.strictObject({ agency: agencyIdSchema, grant: idSchema });
const atDock = z.strictObject({ grant: idSchema });
const envelopeBody = z.record(z.string(), z.unknown());

export function dockRoutes(api: Api, context: PortalContext): void {
  const { settings, store, receiving, clock } = context;
  const creating = { rateLimit: { max: settings.dock.createsPerMinute, timeWindow: "1 minute" } };

  // the bytes are the tus server's to read
  api.addContentTypeParser("application/offset+octet-stream", (_request, _body, done) => done(null));

  const tus = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    await receiving.tus.handle(request.raw, reply.raw);
  };
  for (const path of ["/dock/agencies/:agency", "/dock/shares", "/dock/board"]) {
    api.post(path, { config: creating }, tus);
    api.options(path, tus);
  }
  const bulk = { config: { rateLimit: { max: 6_000, timeWindow: "1 minute" } }, schema: { params: upload } };
  api.route({ method: ["HEAD", "PATCH", "OPTIONS"], url: `${uploadPath}/:upload`, ...bulk, handler: tus });
  api.delete(
    `${uploadPath}/:upload`,
    { schema: { params: upload, response: { 204: z.undefined(), ...errorAnswers } } },
    async (request, reply) => {
      await receiving.takeBack(request.params.upload);
      return reply.code(204).header("tus-resumable", "1.0.0").send(undefined);
    },
  );

  const receipt = async (dock: DockName, grant: string) => {
    const found = await store.parcels.receipt(dock, grant);
    if (found === null) throw new Fault("not-found", "there is no receipt yet");
    return found.envelope;
  };
  const answer = async (dock: DockName, grant: string) => {
    const found = await store.parcels.answer(dock, grant);
    if (found === null) throw new Fault("not-found", "there is no answer yet");
    return found.envelope;
  };
  const notice = async (dock: DockName, grant: string, input: unknown) =>
    leaveNotice({ store, clock }, dock, { grant, input });
  const isFresh = (reply: FastifyReply): FastifyReply => reply.header("cache-control", "no-store");

  api.get(
    "/dock/agencies/:agency/:grant/receipt",
    { schema: { params: atAgency } },
    async ({ params }, reply) => isFresh(reply).send(await receipt(agencyDock(params.agency), params.grant)),
  );
  api.get(
    "/dock/agencies/:agency/:grant/deletion",
    { schema: { params: atAgency } },
    async ({ params }, reply) => isFresh(reply).send(await answer(agencyDock(params.agency), params.grant)),
  );
  api.put(
    "/dock/agencies/:agency/:grant/deletion",
    { config: creating, schema: { params: atAgency, body: envelopeBody } },
    async ({ params, body }, reply) => {
      await notice(agencyDock(params.agency), params.grant, body);
      return reply.code(204).send();
    },
  );

  // nobody signs anything at these, and who asks is told so
  for (const dock of [sharesDock, boardDock]) {
    api.get(`/dock/${dock}/:grant/receipt`, { schema: { params: atDock } }, async ({ params }) =>
      receipt(dock, params.grant),
    );
    api.get(`/dock/${dock}/:grant/deletion`, { schema: { params: atDock } }, async ({ params }) =>
      answer(dock, params.grant),
    );
  }
  api.delete("/dock/shares/:grant", { schema: { params: atDock } }, async (request, reply) => {
    const location = String(request.headers["upload-location"] ?? "");
    const parcel = await store.parcels.arrived(sharesDock, request.params.grant);
    if (parcel === null || !parcel.here) throw new Refused(404, "there is no such share");
    const path = URL.parse(location, "http://portal")?.pathname;
    if (path !== `${uploadPath}/${parcel.upload}`)
      throw new Refused(
        403,
        "only who sent a share can have it forgotten: say its address in Upload-Location",
      );
    await receiving.takeBack(parcel.upload);
    return reply.code(204).send();
  });
}
