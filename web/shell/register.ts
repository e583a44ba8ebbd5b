/**
 * Register: the service worker of this page, from its second breath on.
 *
 * Browsers refuse it where the connection is not one they trust: plain HTTP to another machine, or a certificate that was
 * only clicked away. Why there is none is told, because then neither the shell works nor alerts.
 */
import { systemClock } from "../../hal/clock.ts";
import { installed } from "./installed.ts";

export type Worker =
  /** This browser has no such thing, or no part of it that alerts need. */
  | { readonly state: "unsupported" }
  /** Plain HTTP to another machine. */
  | { readonly state: "insecure" }
  /** HTTPS with a certificate that this browser does not trust by itself. */
  | { readonly state: "untrusted" }
  | { readonly state: "failed" }
  | { readonly state: "ready"; readonly registration: ServiceWorkerRegistration };

/** On a slow phone the files of the page take some time. */
const installMs = 10_000;
let asked: Promise<Worker> | null = null;

/** Once, and again after it failed; the built page only. */
export async function worker(): Promise<Worker> {
  asked ??= register();
  const found = await asked;
  if (found.state === "failed") asked = null;
  return found;
}

async function register(): Promise<Worker> {
  if (!globalThis.isSecureContext) return { state: "insecure" };
  if (!("serviceWorker" in navigator)) return { state: "unsupported" };
  try {
    const { serviceWorker } = navigator;
    const registered = await serviceWorker.register("./sw.js", { updateViaCache: "none" });
    const limit = new Promise<void>((resolve) => void systemClock.after(installMs, () => resolve()));
    return { state: "ready", registration: await installed(registered, serviceWorker.ready, limit) };
  } catch {
    // no browser says more than that it did not load
    const isTrusted = location.protocol === "http:" || !(await answers());
    return { state: isTrusted ? "failed" : "untrusted" };
  }
}

/** The file is there: then it was the certificate. */
async function answers(): Promise<boolean> {
  return fetch("./sw.js").then(
    ({ ok }) => ok,
    () => false,
  );
}
