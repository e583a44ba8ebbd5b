/**
 * Renew: the browser's service gave it another address: the doorbell is told, as whoever is signed in here.
 *
 * When nobody is, or the doorbell is away, the page tells it the next time it is opened (keep-told.ts).
 */
import type { PushMoved } from "../shell/worker-scope.ts";
import { browserLabel } from "../identity/browser-label.ts";
import { subscriptionOf } from "./subscription.ts";

export async function renew(
  { oldSubscription, newSubscription }: Pick<PushMoved, "oldSubscription" | "newSubscription">,
  { pushManager }: Pick<ServiceWorkerRegistration, "pushManager">,
): Promise<void> {
  const key = oldSubscription?.options.applicationServerKey ?? null;
  const subscription =
    newSubscription ??
    (key === null ? null : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const asked = subscription === null ? null : subscriptionOf(subscription);
  if (asked === null) return;
  await fetch("./api/phones", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...asked, label: browserLabel(navigator.userAgent) }),
  }).catch(() => {}); // away: the page tells it
}
