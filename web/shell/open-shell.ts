/**
 * OpenShell: starts the service worker once the page has come to rest, and goes where a tapped notification leads.
 */
import { worker } from "./register.ts";

export function openShell(): void {
  if (document.readyState === "complete") void worker();
  else addEventListener("load", () => void worker(), { once: true });
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const wanted = typeof data === "object" && data !== null && "open" in data ? data.open : null;
    if (typeof wanted === "string" && wanted.startsWith("#/")) location.hash = wanted;
  });
}
