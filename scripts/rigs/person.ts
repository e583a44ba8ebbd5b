/**
 * Person rig: what a browser does for somebody with keys, over the real API, for tests and benches.
 *
 * Keys come from a fixed seed. `fetch` asks with the session's cookie, as that person.
 */
import { WebSocket } from "ws";
import type { Person } from "../../daemon/household/record.ts";
import { isViewer, type Role } from "../../daemon/household/roles.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../daemon/identity/keys.ts";
import type { Door, People } from "../../daemon/wire/api-household.ts";
import { Fault } from "../../hal/fault.ts";
import { testKeys } from "./paired.ts";

export interface Human {
  readonly person: Person;
  readonly keys: Keys;
}

export interface SignedInHuman extends Human {
  /** `sill=...`, for the header. */
  readonly cookie: string;
  /** http://127.0.0.1:8460 */
  readonly base: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A WebSocket, under way. */
  socket(path: string): WebSocket;
}

/** The same number, the same keys. */
export function human(number: number, role: Role = "owner", name = `Test ${role} ${number}`): Human {
  const keys = testKeys(number);
  const id = `person-${String(number).padStart(4, "0")}`;
  const sealTo = isViewer(role) ? keys.sealTo : null;
  return { keys, person: { id, name, role, signKey: keys.signKey, sealTo } };
}

/** Throws Fault `unavailable` with what was answered when it is no success. */
export async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Fault("unavailable", `${response.url}: ${response.status} ${await response.text()}`);
}

/** The answer to a GET; throws as `expectOk`. */
export async function getJson<T>(who: Pick<SignedInHuman, "fetch">, path: string): Promise<T> {
  return (await (await expectOk(await who.fetch(path))).json()) as T;
}

async function post(base: string, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return expectOk(await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function doorOf(base: string): Promise<Door> {
  return (await (await expectOk(await fetch(`${base}/api/door`))).json()) as Door;
}

export function enrolRecord(
  { person }: Human,
  { device, next, by }: { device: string; next: People["next"]; by: Human },
): Envelope {
  const record = { type: "enrol", device, ...next, issuedAt: 1, person };
  return signEnvelope(by.keys, payloadTypes.household, record);
}

export function removeRecord(
  { person }: Human,
  { device, next, by }: { device: string; next: People["next"]; by: Human },
): Envelope {
  const record = { type: "remove", device, ...next, issuedAt: 1, person: person.id };
  return signEnvelope(by.keys, payloadTypes.household, record);
}

export async function pair(base: string, who: Human, code: string): Promise<void> {
  const { device } = await doorOf(base);
  const record = enrolRecord(who, { device, next: { seq: 0, prev: null }, by: who });
  await post(base, "/api/pair", { code, record });
}

export async function loginEnvelope(base: string, { keys }: Human): Promise<Envelope> {
  const answer = await expectOk(await fetch(`${base}/api/session/challenge`, { method: "POST" }));
  const challenge = (await answer.json()) as {
    device: string;
    nonce: string;
  };
  const { device, nonce } = challenge;
  return signEnvelope(keys, payloadTypes.login, { device, nonce, label: "a test", issuedAt: 1 });
}

export async function signIn(base: string, who: Human): Promise<SignedInHuman> {
  const answer = await post(base, "/api/session", { envelope: await loginEnvelope(base, who) });
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  return withCookie(base, who, cookie);
}

/** Goes on with a session of before, e.g. after a restart on another port. */
export function withCookie(base: string, who: Human, cookie: string): SignedInHuman {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("cookie", cookie);
    return fetch(new URL(path, base), { ...init, headers });
  };
  const socket = (path: string): WebSocket =>
    new WebSocket(new URL(path, base.replace("http", "ws")), { headers: { cookie } });
  return { ...who, cookie, base, fetch: ask, socket };
}

export async function peopleOf(who: SignedInHuman): Promise<People> {
  return getJson<People>(who, "/api/people");
}

/** Enrols somebody by this owner's signature. */
export async function enrol(owner: SignedInHuman, who: Human): Promise<void> {
  await change(owner, (device, next) => enrolRecord(who, { device, next, by: owner }));
}

export async function remove(owner: SignedInHuman, who: Human): Promise<void> {
  await change(owner, (device, next) => removeRecord(who, { device, next, by: owner }));
}

async function change(
  owner: SignedInHuman,
  recordOf: (device: string, next: People["next"]) => Envelope,
): Promise<void> {
  const { device } = await getJson<Door>(owner, "/api/door");
  const { next } = await peopleOf(owner);
  await expectOk(await putJson(owner, "/api/people", { record: recordOf(device, next) }, "POST"));
}

export function putJson(
  who: SignedInHuman,
  path: string,
  body: unknown,
  method: "PUT" | "POST" = "PUT",
): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return who.fetch(path, { method, headers, body: JSON.stringify(body) });
}
