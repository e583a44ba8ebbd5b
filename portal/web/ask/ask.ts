/**
 * Ask: a request to the portal that this page came from, answered or thrown as a Fault.
 *
 * No cookie is ever sent and no other host asked. The desk's session is a token in a header (desk/session.ts).
 * `statusOf` tells the HTTP status of what `ask` threw.
 */
import { Fault, faultKinds } from "../../../hal/fault.ts";
import type { Refusal } from "../../api.ts";

const byStatus: Readonly<Record<number, Fault["kind"]>> = {
  400: "invalid",
  401: "denied",
  403: "denied",
  404: "not-found",
  409: "unavailable",
  413: "exhausted",
  429: "exhausted",
};

export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { ...init, credentials: "omit" }).catch((error: unknown) => {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    throw new Fault(aborted ? "cancelled" : "unavailable", "the portal does not answer", {
      hint: "check your connection and try again",
      cause: error,
    });
  });
  if (!response.ok) throw await faultOf(response);
  return response;
}

export async function askJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await ask(path, init)).json()) as T;
}

export function postJson(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json");
  return ask(path, { method: "POST", ...init, headers, body: JSON.stringify(body) });
}

async function faultOf(response: Response): Promise<Fault> {
  const body = (await response.json().catch(() => ({}))) as Partial<Refusal>;
  const { error } = body;
  const kind =
    faultKinds.find((known) => known === error?.kind) ?? byStatus[response.status] ?? "unavailable";
  return new Fault(kind, error?.message ?? `the portal answered ${response.status}`, {
    hint: error?.hint,
    cause: new Answered(response.status),
  });
}

class Answered extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/** Null: there was no answer. */
export function statusOf(error: unknown): number | null {
  return error instanceof Fault && error.cause instanceof Answered ? error.cause.status : null;
}
