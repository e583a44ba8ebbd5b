/**
 * Requests: what an agency publishes and takes back.
 *
 * A request is checked as every doorbell checks it (daemon/consent/check-request.ts), inside the log's one
 * writer, so two at once cannot both be the last of a case; then it is in the log for good. The portal adds
 * nothing and can refuse nothing that the check allows.
 */
import { z } from "zod";
import { normalCase, parseRequest, requestProblem } from "../../daemon/consent/check-request.ts";
import { limits } from "../../daemon/consent/limits.ts";
import { withdrawalSchema } from "../../daemon/consent/request.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { envelopeSchema, type Verified } from "../../daemon/identity/signed-shape.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import type { Clock } from "../../hal/sensors.ts";
import { Fault } from "../../hal/fault.ts";
import { encodeEntry } from "../log/entry.ts";
import { maxEntryBytes } from "../log/public-log.ts";
import type { LoggedAt, Records } from "../log/records.ts";
import type { Registry } from "../store/store.ts";
import { Rejected } from "./rejected.ts";
import { speaksFor } from "./signer.ts";

export interface Office {
  readonly records: Records;
  readonly registry: Registry;
  readonly clock: Clock;
}

/** Throws `Rejected`, or Fault `denied` for another agency's request. */
export async function publishRequest(office: Office, agency: string, input: unknown): Promise<LoggedAt> {
  const envelope = envelopeSchema.safeParse(input).data;
  if (envelope === undefined) throw new Rejected("bad-shape");
  if (encodeEntry(envelope).length > maxEntryBytes) throw new Rejected("too-long");
  const [logged] = await office.records.append(async () => {
    await check(office, agency, envelope);
    return [envelope];
  });
  if (logged === undefined) throw new Fault("bug", "the log did not say where the request is");
  return logged;
}

async function check({ registry, clock }: Office, agency: string, envelope: unknown): Promise<void> {
  const { value, signKey } = signed(envelope);
  const request = parseRequest(value);
  if (typeof request === "string") throw new Rejected(request);
  if (request.agency !== agency) throw new Fault("denied", "this is a request of another agency");
  const profile = (await registry.agency(agency))?.profile ?? null;
  const problem = requestProblem(request, { agency: profile, signKey, nowMs: clock.wallMs() });
  if (problem !== null) throw new Rejected(problem);
  if (await registry.hasRequestId(agency, request.id)) throw new Rejected("replayed");
  const ofCase = await registry.requestsOfCase(agency, normalCase(request.case));
  if (ofCase.length >= limits.maxRequestsPerCase) throw new Rejected("too-many-per-case");
}

function signed(envelope: unknown): Verified<unknown> {
  try {
    return verifyEnvelope(envelope, {
      type: payloadTypes.request,
      schema: z.unknown(),
      trusts: () => true, // asked by the check, with its own code
      what: "request",
    });
  } catch (error) {
    if (error instanceof Fault)
      throw new Rejected(error.kind === "denied" ? "bad-signature" : "bad-shape", error);
    throw error;
  }
}

/** Throws Fault `denied` (not by the agency), `not-found` (no such request of it), `invalid`. */
export async function withdrawRequest(office: Office, agency: string, input: unknown): Promise<LoggedAt> {
  const envelope = envelopeSchema.parse(input);
  const [logged] = await office.records.append(async () => {
    const profile = (await office.registry.agency(agency))?.profile;
    const { value } = verifyEnvelope(envelope, {
      type: payloadTypes.withdrawal,
      schema: withdrawalSchema,
      trusts: (key) => profile !== undefined && speaksFor(profile, key, office.clock.wallMs()),
      what: "withdrawal",
    });
    const request = await office.registry.request(value.request);
    if (value.agency !== agency || request?.request.agency !== agency)
      throw new Fault("not-found", "there is no such request of this agency");
    if (request.withdrawn !== null) throw new Fault("invalid", "this request was withdrawn already");
    return [envelope];
  });
  if (logged === undefined) throw new Fault("bug", "the log did not say where the withdrawal is");
  return logged;
}
