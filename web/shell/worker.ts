/**
 * Worker: the page's service worker: keeps the built page, shows what is pushed.
 *
 * Built into one file, sw.js, whose text changes with every build: by that a browser notices an upgrade.
 */
import { systemClock } from "../../hal/clock.ts";
import { openAt, showPushed } from "../push/notify.ts";
import { renew } from "../push/renew.ts";
import { readToldHere } from "../push/told-here.ts";
import { dropOld, file, howOf, keepShell, page, type Shell, type Ways } from "./keep.ts";
import type { WorkerScope } from "./worker-scope.ts";

/** Put in by the build (plugin.ts). */
declare const SHELL: Shell;

const scope = globalThis as unknown as WorkerScope;
const shell = SHELL;
/** Where packets to an address at home are dropped, a request fails only after a minute. */
const patienceMs = 2_500;
const ways: Ways = {
  fetch: (...asked) => fetch(...asked),
  caches,
  patience: () => new Promise((resolve) => void systemClock.after(patienceMs, () => resolve())),
};

scope.addEventListener("install", (event) => {
  event.waitUntil(keepShell(shell, caches).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(dropOld(shell, caches).then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const how = howOf(event.request, scope.registration.scope);
  if (how === "page") event.respondWith(page(event.request, shell, ways));
  if (how === "file") event.respondWith(file(event.request, ways));
});

scope.addEventListener("push", (event) => {
  event.waitUntil(showPushed(event.data, scope.registration));
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openAt(event.notification.data, scope));
});

scope.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(
    readToldHere()
      .catch(() => null)
      .then((kept) => renew(event, scope.registration, kept)),
  );
});
