/**
 * Portal rig: a portal on a temporary folder and a free port, and the agencies that use it, over real HTTP.
 *
 * The portal runs in this process, so that a test can move its clock. Keys come from fixed seeds.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Agency } from "../../daemon/consent/agency.ts";
import type { Request } from "../../daemon/consent/request.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../daemon/identity/keys.ts";
import { newId } from "../../daemon/wire/id.ts";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { putAgency, type ProfileDraft } from "../../portal/office/agencies.ts";
import { openPortal, type Portal } from "../../portal/portal.ts";
import { readWords } from "../../portal/settings/words.ts";
import { testKeys } from "./paired.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface PortalRig extends AsyncDisposable {
  readonly url: string;
  readonly data: string;
  readonly portal: Portal;
  readonly clock: Clock | undefined;
}

export interface PortalRigOptions {
  readonly clock?: Clock;
  /** `--dock.keepDays=1`; `--data` of the caller's stays. */
  readonly flags?: readonly string[];
}

export async function startPortal({ clock, flags = [] }: PortalRigOptions = {}): Promise<PortalRig> {
  const made = await mkdtemp(join(tmpdir(), "sill-portal-"));
  const words = readWords([`--data=${made}`, "--web.port=0", "--log.level=silent", ...flags], {});
  const log = pino({ level: words.settings.log.level });
  const portal = await openPortal(words.settings, { log, ...(clock === undefined ? {} : { clock }) });
  return {
    url: portal.url,
    data: words.settings.data,
    portal,
    clock,
    async [Symbol.asyncDispose]() {
      await portal[Symbol.asyncDispose]();
      await rm(made, { recursive: true, force: true });
    },
  };
}

export interface TestAgency {
  readonly id: string;
  readonly keys: Keys;
  readonly deliverTo: string;
}

/** The same number, the same keys. Nobody has vouched for it yet. */
export function agencyOf(number: number, portal: string, id = `agency-${number}`): TestAgency {
  return { id, keys: testKeys(1_000 + number), deliverTo: `${portal}/dock/agencies/${id}` };
}

/** A territory of some 100 km around 52 N, 5 E. */
export function profileOf({ id, keys, deliverTo }: TestAgency, nowMs: number): ProfileDraft {
  return {
    id,
    name: `Police of ${id}`,
    kind: "police",
    jurisdiction: [
      [51.5, 4.2],
      [51.5, 5.8],
      [52.5, 5.8],
      [52.5, 4.2],
    ],
    keys: [{ signKey: keys.signKey, from: nowMs - dayMs, revokedAt: null }],
    sealTo: [keys.sealTo],
    docks: [deliverTo],
    contact: "desk@example.org",
    verifiedBy: "visited in person",
  };
}

/** The registrar vouches for it. */
export async function register(
  { portal }: PortalRig,
  agency: TestAgency,
  change: Partial<Agency> = {},
): Promise<void> {
  await putAgency(portal.office, agency.id, (_newest, nowMs) => ({ ...profileOf(agency, nowMs), ...change }));
}

/** One that every doorbell would look at. */
export function requestOf(agency: TestAgency, nowMs: number, change: Partial<Request> = {}): Request {
  return {
    id: newId(nowMs),
    agency: agency.id,
    case: `2026-${newId(nowMs).slice(-6)}`,
    incidentType: "burglary",
    purpose: "Who came to the door of a house that was broken into.",
    area: { lat: 52, lon: 5, radiusM: 200 },
    window: { from: nowMs - 5 * hourMs, to: nowMs - 3 * hourMs },
    issuedAt: nowMs,
    expiresAt: nowMs + 7 * dayMs,
    keepDays: 90,
    onwardSharing: [],
    contact: "desk@example.org",
    sealTo: agency.keys.sealTo,
    deliverTo: agency.deliverTo,
    ...change,
  };
}

export function signedRequest(agency: TestAgency, request: Request): Envelope {
  return signEnvelope(agency.keys, payloadTypes.request, request);
}

export interface DeskRig {
  readonly token: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** POST of {envelope}. */
  post(path: string, envelope: Envelope): Promise<Response>;
}

/** Signs in over HTTP as the desk does. */
export async function signInAgency(url: string, { keys }: TestAgency): Promise<DeskRig> {
  const { device, nonce } = (await json(await fetch(`${url}/api/desk/challenge`, { method: "POST" }))) as {
    device: string;
    nonce: string;
  };
  const envelope = signEnvelope(keys, payloadTypes.login, { device, nonce, label: "desk rig", issuedAt: 1 });
  const opened = await postJson(`${url}/api/desk/session`, { envelope });
  const { token } = (await json(opened)) as { token: string };
  const asAgency: DeskRig["fetch"] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${token}`);
    return fetch(url + path, { ...init, headers });
  };
  return {
    token,
    fetch: asAgency,
    post: (path, signed) =>
      asAgency(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ envelope: signed }),
      }),
  };
}

export function postJson(url: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

async function json(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new Fault("unavailable", `${response.url}: ${response.status} ${await response.text()}`);
}

const tusVersion = { "tus-resumable": "1.0.0" };

export interface Delivery {
  readonly grant: string;
  readonly bytes: Uint8Array;
  readonly letterBytes?: number;
  readonly request?: string;
  readonly until?: number;
}

/** tus creation as a doorbell does it; whatever is answered. */
export function announce(
  deliverTo: string,
  { grant, bytes, letterBytes, request, until }: Delivery,
): Promise<Response> {
  const metadata = {
    parcel: grant,
    letter: String(letterBytes ?? bytes.length),
    ...(request === undefined ? {} : { request }),
    ...(until === undefined ? {} : { until: String(until) }),
  };
  const text = Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(",");
  const headers = { ...tusVersion, "upload-length": String(bytes.length), "upload-metadata": text };
  return fetch(deliverTo, { method: "POST", headers });
}

export async function patch(location: string, offset: number, bytes: Uint8Array): Promise<Response> {
  const headers = {
    ...tusVersion,
    "upload-offset": String(offset),
    "content-type": "application/offset+octet-stream",
  };
  return fetch(location, { method: "PATCH", headers, body: Uint8Array.from(bytes) });
}

/** How many bytes are there, or the status that says why not. */
export async function offsetOf(location: string): Promise<number | { readonly status: number }> {
  const { status, headers } = await fetch(location, { method: "HEAD", headers: tusVersion });
  return status === 200 ? Number(headers.get("upload-offset")) : { status };
}

export function terminate(location: string): Promise<Response> {
  return fetch(location, { method: "DELETE", headers: tusVersion });
}

/** All of it, in chunks of 1 MiB; its address. */
export async function deliver(deliverTo: string, delivery: Delivery): Promise<string> {
  const created = await announce(deliverTo, delivery);
  const location = URL.parse(created.headers.get("location") ?? "", deliverTo)?.href;
  if (created.status !== 201 || location === undefined)
    throw new Fault("unavailable", `${created.status} ${await created.text()}`);
  const chunk = 1_048_576;
  for (let offset = 0; offset < delivery.bytes.length; offset += chunk) {
    const sent = await patch(location, offset, delivery.bytes.subarray(offset, offset + chunk));
    if (sent.status !== 204) throw new Fault("unavailable", `${sent.status} ${await sent.text()}`);
  }
  return location;
}
