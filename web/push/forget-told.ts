/**
 * ForgetTold: nobody is signed in here any more: this browser is told nothing, and shows nothing of before.
 *
 * The doorbell forgets it by itself, with the session; this is for the push service and for what is still on the screen.
 */
import { forgetToldHere } from "./told-here.ts";

export async function forgetTold(): Promise<void> {
  await forgetToldHere();
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration === undefined) return;
  for (const notification of await registration.getNotifications()) notification.close();
  const subscription = await registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
