/**
 * API: the few requests the page makes, as typed answers or Faults.
 *
 * Shapes are those of daemon/wire/api*.ts; page and keeper come out of the same build, so answers
 * are not checked a second time here. Everything goes to the page's own origin.
 */
import type { Label } from "../../models/labels.ts";
import type { Mark } from "../../daemon/wire/api-calibration.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event, EventKind } from "../../daemon/wire/api.ts";
import { mostKept } from "../../daemon/wire/delete-limits.ts";
import type { PictureName } from "../../daemon/wire/paths.ts";
import { Fault, faultKinds } from "../../hal/fault.ts";
import { open } from "../open/open.ts";
import { reached } from "./reached.ts";

export interface EventPage {
  readonly events: readonly Event[];
  readonly next: string | null;
}

interface ErrorBody {
  readonly error?: { readonly kind?: string; readonly message?: string; readonly hint?: string };
}

async function faultOf(response: Response): Promise<Fault> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  const kind = faultKinds.find((known) => known === body.error?.kind);
  const byStatus = response.status === 404 ? "not-found" : "unavailable";
  return new Fault(kind ?? byStatus, body.error?.message ?? `answer ${response.status}`, {
    hint: body.error?.hint,
  });
}

export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init).catch((error: unknown) => {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    throw new Fault(aborted ? "cancelled" : "unavailable", `no answer to ${path}`, { cause: error });
  });
  reached(Date.now());
  if (response.status === 401) notSignedIn();
  if (!response.ok) throw await faultOf(response);
  return response;
}

/** A request with a body of JSON. */
export function sending(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

let notSignedIn = (): void => {};

/** Told when a request was refused because nobody is signed in (any more). */
export function onNotSignedIn(handler: () => void): void {
  notSignedIn = handler;
}

export async function getStatus(): Promise<Status> {
  return (await (await ask("/api/status")).json()) as Status;
}

export interface EventQuery {
  readonly before: string | null;
  readonly kind: EventKind | null;
  readonly limit: number;
}

export async function getEvents(query: EventQuery): Promise<EventPage> {
  const search = new URLSearchParams({ limit: String(query.limit) });
  if (query.before !== null) search.set("before", query.before);
  if (query.kind !== null) search.set("kind", query.kind);
  return (await (await ask(`/api/events?${search}`)).json()) as EventPage;
}

export async function getEvent(id: string): Promise<Event> {
  return (await (await ask(`/api/events/${encodeURIComponent(id)}`)).json()) as Event;
}

export async function getClip(id: string, signal: AbortSignal): Promise<Clip> {
  return (await (await ask(clipPath(id), { signal })).json()) as Clip;
}

/** One file of a clip as it lies on the doorbell. Throws a Fault of kind not-found where there is none. */
export async function getSealed(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await ask(path, signal === undefined ? {} : { signal });
  if (answer.status === 204) throw new Fault("not-found", `nothing at ${path}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The same, opened with the viewer's key. Throws as `open` besides. */
export async function getClipBytes(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return open(await getSealed(path, signal));
}

/** `keepalive`: the page is being closed. */
export async function deleteEvent(id: string, keepalive = false): Promise<void> {
  await ask(`/api/events/${encodeURIComponent(id)}`, { method: "DELETE", keepalive });
}

/** Null takes the mark back. */
export async function putMark(id: string, mark: Mark | null): Promise<void> {
  await ask(`/api/events/${encodeURIComponent(id)}/mark`, sending("PUT", { mark }));
}

/** Null takes the correction back. */
export async function postWhat(id: string, label: Label | null): Promise<void> {
  await ask(`/api/events/${encodeURIComponent(id)}/what`, sending("POST", { label }));
}

/** Kept although rules ignore them, or left to the rules again; in calls of as many as one takes. */
export async function postKeep(ids: readonly string[], keep: boolean): Promise<void> {
  for (let at = 0; at < ids.length; at += mostKept)
    await ask("/api/events/keep", sending("POST", { ids: ids.slice(at, at + mostKept), keep }));
}

export async function pressSimulatedButton(): Promise<void> {
  await ask("/api/sim/press", { method: "POST" });
}

const clipPath = (id: string): string => `/api/clips/${encodeURIComponent(id)}`;

export const clipPaths = {
  init: (id: string): string => `${clipPath(id)}/init.mp4`,
  fragment: (id: string, index: number): string => `${clipPath(id)}/fragments/${index}`,
  thumbnail: (id: string): string => `${clipPath(id)}/thumb.jpg`,
  picture: (id: string, name: PictureName): string => `${clipPath(id)}/pictures/${name}`,
} as const;

/** ws: or wss: address of a path on the page's own origin. */
export function socketUrl(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
