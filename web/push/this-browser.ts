/**
 * This browser: what it says of itself, and being told or not told any more.
 */
import { Fault } from "../../hal/fault.ts";
import { browserLabel } from "../identity/browser-label.ts";
import { worker } from "../shell/register.ts";
import { words } from "../words.ts";
import { addPhone, removePhone } from "./api.ts";
import type { Here } from "./standing.ts";
import { base64url, markOf, subscriptionOf } from "./subscription.ts";
import { forgetToldHere, readToldHere, writeToldHere } from "./told-here.ts";

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
export async function tellHere(key: string, person: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted")
    throw new Fault("denied", say.services.refused, { hint: say.services.refusedHint });
  try {
    await moveHere(key, person);
  } catch (error) {
    await (await subscriptionHere())?.unsubscribe();
    throw error;
  }
}

/** The same without asking: it was allowed before. */
export async function moveHere(key: string, person: string): Promise<void> {
  const found = await worker();
  if (found.state !== "ready") throw new Fault("unavailable", say.standing.failed.title);
  const subscription = await subscribe(found.registration.pushManager, key);
  const asked = subscriptionOf(subscription);
  if (asked === null) throw new Fault("unavailable", say.standing.unsupported.title);
  await addPhone({ ...asked, label: browserLabel(navigator.userAgent) });
  await writeToldHere({ person, key, mark: await markOf(subscription.endpoint) });
}

/** Any browser; `isHere`: this one, on which nobody chooses it any more. Throws Fault. */
export async function tellNoMore(id: string, isHere: boolean): Promise<void> {
  await removePhone(id);
  if (isHere) await forgetToldHere();
}

/** The session is another than the one that the doorbell knows it by. Throws Fault. */
export async function bindHere(): Promise<void> {
  const subscription = await subscriptionHere();
  const asked = subscription === null ? null : subscriptionOf(subscription);
  if (asked !== null) await addPhone({ ...asked, label: browserLabel(navigator.userAgent) });
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const found = await worker();
  return found.state === "ready" ? found.registration.pushManager.getSubscription() : null;
}

/** One that was made with another key is of no use; nor is one by which we were told until its service forgot it. */
async function subscribe(pushManager: PushManager, key: string): Promise<PushSubscription> {
  const before = await pushManager.getSubscription();
  const boundTo = before?.options.applicationServerKey ?? null;
  const dropped = (await readToldHere())?.mark ?? null;
  const isDropped = before !== null && dropped === (await markOf(before.endpoint));
  if (before !== null && !isDropped && boundTo !== null && base64url(boundTo) === key) return before;
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
