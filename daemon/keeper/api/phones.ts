/**
 * Routes of web push: which browsers are told, asking to be one of them, and a test.
 *
 * For those who may see what happened. The push service that a browser uses must be one that the settings name.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { phoneSchema, phonesShownSchema, type PhoneShown } from "../../wire/api-push.ts";
import { pushAddress } from "../../wire/push-host.ts";
import { subscriptionSchema } from "../../wire/told.ts";
import { markOf, type Phone } from "../push/phone-book.ts";
import type { PhoneDesk } from "../push/phone-desk.ts";
import { viewers, type Caller } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const askBody = subscriptionSchema.extend({ label: z.string().trim().min(1).max(60) });
/** Each may be an entry in the ledger. */
const addRate = { max: 20, timeWindow: "1 minute" };
const testRate = { max: 10, timeWindow: "1 minute" };

function shown(phone: Phone, { session }: Caller, desk: PhoneDesk): PhoneShown {
  const { id, person, label, addedWallMs, endpoint } = phone;
  const trouble = desk.troubleOf(id);
  return {
    id,
    person,
    label,
    addedWallMs,
    service: new URL(endpoint).host,
    mark: markOf(endpoint),
    own: phone.session === session.id,
    ...(trouble === null ? {} : { trouble }),
  };
}

export function phoneRoutes(api: Api, { parts }: ApiContext): void {
  const { phones: book, phoneDesk: desk, history, settings } = parts;
  const hosts = settings.alerts.pushHosts;
  const mayManage = ({ person }: Caller, phone: Phone): boolean =>
    person.role === "owner" || phone.person === person.id;
  const phoneOf = (id: string, fits: (phone: Phone) => boolean): Phone => {
    const phone = book.phones.find((each) => each.id === id);
    if (phone === undefined || !fits(phone))
      throw new Fault("not-found", `no browser ${id} of yours is told`);
    return phone;
  };
  const all = async (caller: Caller) => ({
    on: hosts.length > 0,
    allowed: book.allowed,
    key: hosts.length > 0 ? await book.publicKey() : null,
    phones: book.phones
      .filter((phone) => mayManage(caller, phone))
      .map((phone) => shown(phone, caller, desk)),
  });

  api.get(
    "/api/phones",
    {
      config: { allow: viewers },
      schema: {
        summary: "Browsers that are told by web push: everybody's for owners, one's own for others",
        response: { 200: phonesShownSchema, ...errorAnswers },
      },
    },
    async (request) => all(signedInCaller(request)),
  );

  api.put(
    "/api/phones",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Browsers may be told, or none may be any more",
        body: z.strictObject({ allowed: z.boolean() }),
        response: { 200: phonesShownSchema, ...errorAnswers },
      },
    },
    async (request) => {
      const caller = signedInCaller(request);
      const { allowed } = request.body;
      const detail = allowed ? "browsers may be told of rings" : "no browser is told any more";
      const happened = { who: caller.person.name, what: "phones-allowed", detail } as const;
      await book.allow(allowed, () => history.append(happened));
      return all(caller);
    },
  );

  api.post(
    "/api/phones",
    {
      config: { allow: viewers, rateLimit: addRate },
      schema: {
        summary: "Tells this browser from now on: its subscription at its push service",
        body: askBody,
        response: { 201: phoneSchema, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const caller = signedInCaller(request);
      const { person, session } = caller;
      const { label, ...subscription } = request.body;
      const service = pushAddress(subscription.endpoint, hosts);
      if (service === null) throw unknownService(subscription.endpoint);
      const detail = `${label} is told, by ${service.host}`;
      const phone = await book.add({ ...subscription, label, person, session: session.id }, () =>
        history.append({ who: person.name, what: "phone-added", detail }),
      );
      return reply.code(201).send(shown(phone, caller, desk));
    },
  );

  api.delete(
    "/api/phones/:id",
    {
      config: { allow: viewers },
      schema: {
        summary: "Tells a browser no more: any for owners, one's own for others",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const caller = signedInCaller(request);
      const { id, label } = phoneOf(request.params.id, (phone) => mayManage(caller, phone));
      await history.note({
        who: caller.person.name,
        what: "phone-removed",
        detail: `${label} is told no more`,
      });
      await book.remove((phone) => phone.id === id);
      return reply.code(204).send(undefined);
    },
  );

  api.post(
    "/api/phones/:id/test",
    {
      config: { allow: viewers, rateLimit: testRate },
      schema: {
        summary: "Sends a browser of one's own a test alert; answers when its push service took it",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person } = signedInCaller(request);
      await desk.test(phoneOf(request.params.id, (phone) => phone.person === person.id).id);
      return reply.code(204).send(undefined);
    },
  );
}

function unknownService(endpoint: string): Fault {
  const host = URL.parse(endpoint)?.host;
  if (host === undefined) return new Fault("invalid", "this is not the address of a push service");
  return new Fault(
    "invalid",
    `the push service of this browser, ${host}, is not among those that may be called`,
    {
      hint: "an owner adds it to alerts.pushHosts",
    },
  );
}
