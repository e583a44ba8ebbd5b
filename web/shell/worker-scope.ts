/**
 * Worker scope: what a service worker has of its browser, as far as ours needs it.
 *
 * The compiler knows the page's names (lib "dom"); those of a worker contradict some of them.
 */
export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchAsked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

export interface PushCame extends Lasting {
  readonly data: { json(): unknown } | null;
}

export interface NotificationTapped extends Lasting {
  readonly notification: Notification;
}

export interface PushMoved extends Lasting {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}

export interface WindowClient {
  readonly url: string;
  focus(): Promise<WindowClient>;
  postMessage(message: unknown, how: { readonly transfer: Transferable[] }): void;
}

export interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly location: Location;
  readonly clients: {
    matchAll(how: { readonly type: "window"; readonly includeUncontrolled: true }): Promise<WindowClient[]>;
    openWindow(url: string): Promise<WindowClient | null>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", on: (event: Lasting) => void): void;
  addEventListener(type: "fetch", on: (event: FetchAsked) => void): void;
  addEventListener(type: "push", on: (event: PushCame) => void): void;
  addEventListener(type: "notificationclick", on: (event: NotificationTapped) => void): void;
  addEventListener(type: "pushsubscriptionchange", on: (event: PushMoved) => void): void;
}
