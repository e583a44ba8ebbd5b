/**
 * This browser: what it says of itself, and being told or not told any more.
 */
import { Fault } from "../../hal/fault.ts";
import { browserLabel } from "../identity/browser-label.ts";
import { worker } from "../shell/register.ts";
import { words } from "../words.ts";
import { addPhone } from "./api.ts";
import type { Here } from "./standing.ts";
import { base64url, markOf, subscriptionOf } from "./subscription.ts";

const { push: say } = words;

export async function lookHere(): Promise<Here> {
  const found = await worker();
  const registration = found.state === "ready" ? found.registration : null;
  const hasPush = registration !== null && "pushManager" in registration;
  const subscription = hasPush ? await registration.pushManager.getSubscription() : null;
  return {
    worker: found.state,
    permission: "Notification" in globalThis ? Notification.permission : null,
    hasPush,
    mustInstall: isApple(navigator) && !isInstalled(),
    mark: subscription === null ? null : await markOf(subscription.endpoint),
  };
}

/** Asks the person, then the browser's push service, then the doorbell. Only after a tap. Throws Fault. */
export async function tellHere(key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted")
    throw new Fault("denied", say.services.refused, { hint: say.services.refusedHint });
  const found = await worker();
  if (found.state !== "ready") throw new Fault("unavailable", say.standing.failed.title);
  const { pushManager } = found.registration;
  const subscription = await subscribe(pushManager, key);
  const asked = subscriptionOf(subscription);
  if (asked === null) throw new Fault("unavailable", say.standing.unsupported.title);
  try {
    await addPhone({ ...asked, label: browserLabel(navigator.userAgent) });
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
}

/** The session may be another than the one under which it was added: it is told so. */
export async function tellAgain(): Promise<void> {
  const found = await worker();
  if (found.state !== "ready") return;
  const subscription = await found.registration.pushManager.getSubscription();
  const asked = subscription === null ? null : subscriptionOf(subscription);
  if (asked !== null) await addPhone({ ...asked, label: browserLabel(navigator.userAgent) });
}

/** One that was made with another key is of no use. */
async function subscribe(pushManager: PushManager, key: string): Promise<PushSubscription> {
  const before = await pushManager.getSubscription();
  const boundTo = before?.options.applicationServerKey ?? null;
  if (before !== null && boundTo !== null && base64url(boundTo) === key) return before;
  await before?.unsubscribe();
  try {
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch (cause) {
    const { unanswered, unansweredHint, refused, refusedHint } = say.services;
    const isRefused = cause instanceof DOMException && cause.name === "NotAllowedError";
    if (isRefused) throw new Fault("denied", refused, { hint: refusedHint, cause });
    throw new Fault("unavailable", unanswered, { hint: unansweredHint, cause });
  }
}

/** iPads say that they are Macs, but for the fingers. */
function isApple({ userAgent, maxTouchPoints }: Navigator): boolean {
  return /iPhone|iPad|iPod/u.test(userAgent) || (/Macintosh/u.test(userAgent) && maxTouchPoints > 1);
}

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches || "PushManager" in globalThis;
}
