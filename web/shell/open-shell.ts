/**
 * OpenShell: starts the service worker once the page has come to rest, and goes where a tapped notification leads.
 *
 * It fetches every file of the page when it is new: the first picture of the door comes first.
 */
import { systemClock } from "../../hal/clock.ts";
import { worker } from "./register.ts";

const restMs = 3_000;

export function openShell(): void {
  const start = (): void => void systemClock.after(restMs, () => void worker());
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const wanted = typeof data === "object" && data !== null && "open" in data ? data.open : null;
    if (typeof wanted === "string" && wanted.startsWith("#/")) location.hash = wanted;
  });
}
