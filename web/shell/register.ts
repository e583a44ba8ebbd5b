/**
 * Register: the service worker of this page, from its second breath on.
 *
 * Browsers refuse it where the connection is not one they trust: plain HTTP to another machine, or a certificate that was
 * only clicked away. Why there is none is told, because then neither the shell works nor alerts.
 */
export type Worker =
  /** This browser has no such thing, or no part of it that alerts need. */
  | { readonly state: "unsupported" }
  /** Plain HTTP to another machine. */
  | { readonly state: "insecure" }
  /** HTTPS with a certificate that this browser does not trust by itself. */
  | { readonly state: "untrusted" }
  | { readonly state: "failed" }
  | { readonly state: "ready"; readonly registration: ServiceWorkerRegistration };

let asked: Promise<Worker> | null = null;

/** Once; the built page only. */
export function worker(): Promise<Worker> {
  asked ??= register();
  return asked;
}

async function register(): Promise<Worker> {
  if (!globalThis.isSecureContext) return { state: "insecure" };
  if (!("serviceWorker" in navigator)) return { state: "unsupported" };
  try {
    await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    return { state: "ready", registration: await navigator.serviceWorker.ready };
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
