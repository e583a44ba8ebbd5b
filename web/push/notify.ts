/**
 * Notify: what the service worker shows of a message, and what a tap on it opens.
 */
import type { WorkerScope } from "../shell/worker-scope.ts";
import { noteOf } from "./note.ts";

/** Browsers take away the permission of who was pushed to and shows nothing: something is shown always. */
export async function showPushed(
  data: { json(): unknown } | null,
  registration: Pick<ServiceWorkerRegistration, "showNotification">,
): Promise<void> {
  const { title, options } = noteOf(read(data), Date.now());
  await registration.showNotification(title, options);
}

function read(data: { json(): unknown } | null): unknown {
  try {
    return data?.json() ?? null;
  } catch {
    return null;
  }
}

/** A window that is open already comes to the front and goes there; otherwise a new one. */
export async function openAt(
  data: unknown,
  { clients, registration }: Pick<WorkerScope, "clients" | "registration">,
): Promise<void> {
  const hash = isOpening(data) ? data.hash : "#/";
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const opened = open.find(({ url }) => url.startsWith(registration.scope));
  if (opened === undefined) return void (await clients.openWindow(`${registration.scope}${hash}`));
  opened.postMessage({ open: hash }, { transfer: [] });
  await opened.focus();
}

function isOpening(data: unknown): data is { readonly hash: string } {
  return typeof data === "object" && data !== null && "hash" in data && typeof data.hash === "string";
}
