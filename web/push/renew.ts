/**
 * Renew: the browser's service gave it another address: the doorbell is told, as who chose it if they are signed in here.
 *
 * Some browsers say neither the old address nor the new one. When nobody is signed in, somebody else is, or the doorbell is
 * away, the page tells it the next time it is opened (keep-told.ts).
 */
import type { PushMoved } from "../shell/worker-scope.ts";
import { browserLabel } from "../identity/browser-label.ts";
import { subscriptionOf } from "./subscription.ts";
import type { ToldHere } from "./told-here.ts";

type Moved = Pick<PushMoved, "oldSubscription" | "newSubscription">;

export async function renew(
  moved: Partial<Moved>,
  { pushManager }: Pick<ServiceWorkerRegistration, "pushManager">,
  kept: ToldHere | null,
): Promise<void> {
  const subscription = await subscriptionAfter(moved, pushManager, kept);
  const asked = subscription === null ? null : subscriptionOf(subscription);
  if (asked === null || kept === null) return;
  try {
    const who = (await (await fetch("./api/session")).json()) as {
      readonly person?: { readonly id?: string };
    };
    if (who.person?.id !== kept.person) return;
    await fetch("./api/phones", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...asked, label: browserLabel(navigator.userAgent) }),
    });
  } catch {
    // away: the page tells it
  }
}

async function subscriptionAfter(
  { oldSubscription, newSubscription }: Partial<Moved>,
  pushManager: PushManager,
  kept: ToldHere | null,
): Promise<PushSubscription | null> {
  if (newSubscription) return newSubscription;
  const now = await pushManager.getSubscription();
  if (now !== null && now.endpoint !== oldSubscription?.endpoint) return now;
  const applicationServerKey = oldSubscription?.options.applicationServerKey ?? kept?.key ?? null;
  return applicationServerKey === null
    ? null
    : pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}
