/**
 * API of people: pairing, joining, sessions, the household and its history, as typed requests.
 *
 * Throws Faults as state/api.ts does; only `whoAmI` takes "nobody is signed in" for an answer.
 */
import type { Envelope } from "../../daemon/identity/envelope.ts";
import type { Door, HistoryEntry, Join, People, Session, WhoAmI } from "../../daemon/wire/api-household.ts";
import { Fault } from "../../hal/fault.ts";
import { ask } from "../state/api.ts";
import type { Challenge } from "./secrets.ts";

async function get<T>(path: string): Promise<T> {
  return (await (await ask(path)).json()) as T;
}

function send(method: string, body?: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

export const getDoor = (): Promise<Door> => get("/api/door");

export async function pair(code: string, record: Envelope): Promise<void> {
  await ask("/api/pair", send("POST", { code, record }));
}

export type JoinState = "waiting" | "enrolled" | "refused" | "expired";
export type Applicant = Pick<Join, "name" | "role" | "signKey" | "sealTo">;

export async function askToJoin(applicant: Applicant): Promise<{ id: string; check: string }> {
  return (await (await ask("/api/join", send("POST", applicant))).json()) as { id: string; check: string };
}

export async function joinState(id: string): Promise<JoinState> {
  try {
    return (await get<{ state: JoinState }>(`/api/join/${encodeURIComponent(id)}`)).state;
  } catch (error) {
    if (error instanceof Fault && error.kind === "not-found") return "expired";
    throw error;
  }
}

export async function refuseJoin(id: string): Promise<void> {
  await ask(`/api/join/${encodeURIComponent(id)}`, send("DELETE"));
}

export async function getChallenge(): Promise<Challenge> {
  return (await (await ask("/api/session/challenge", send("POST"))).json()) as Challenge;
}

export async function signIn(envelope: Envelope): Promise<void> {
  await ask("/api/session", send("POST", { envelope }));
}

/** Why nobody is in: their session is over, or an owner has removed them. */
export type Out = "ended" | "removed";

export async function whoAmI(): Promise<WhoAmI | Out> {
  const response = await fetch("/api/session").catch((error: unknown) => {
    throw new Fault("unavailable", "no answer from the doorbell", { cause: error });
  });
  if (response.status === 401) return outBecause(response);
  if (!response.ok) throw new Fault("unavailable", `answer ${response.status} from the doorbell`);
  return (await response.json()) as WhoAmI;
}

async function outBecause(response: Response): Promise<Out> {
  const body = (await response.json().catch(() => ({}))) as { error?: { because?: string } };
  return body.error?.because === "removed" ? "removed" : "ended";
}

export async function signOut(): Promise<void> {
  await ask("/api/session", send("DELETE"));
}

export async function getSessions(): Promise<Session[]> {
  return get<Session[]>("/api/sessions");
}

export async function revokeSession(id: string): Promise<void> {
  await ask(`/api/sessions/${encodeURIComponent(id)}`, send("DELETE"));
}

/** The key is told once. */
export async function makeProgram(name: string): Promise<string> {
  const answer = await ask("/api/programs", send("POST", { name }));
  return ((await answer.json()) as { key: string }).key;
}

export const getPeople = (): Promise<People> => get("/api/people");

export async function addRecord(record: Envelope): Promise<void> {
  await ask("/api/people", send("POST", { record }));
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly next: string | null;
}

export interface HistoryQuery {
  readonly before: string | null;
  /** Kinds that are not wanted. */
  readonly without: readonly string[];
}

export async function getHistory({ before, without }: HistoryQuery): Promise<HistoryPage> {
  const search = new URLSearchParams();
  if (before !== null) search.set("before", before);
  if (without.length > 0) search.set("without", without.join(","));
  return get(`/api/history?${search}`);
}
