/**
 * Installed: waits until a worker of this page is at work, or has failed to install: browsers say only the former.
 */
import { Fault } from "../../hal/fault.ts";

type Installing = Pick<ServiceWorker, "state" | "addEventListener">;

export interface Registered {
  readonly installing: Installing | null;
  readonly waiting: unknown;
  readonly active: unknown;
}

/** Throws Fault `unavailable` when the only worker there is was given up, or `limit` comes first. */
export async function installed<T>(
  { installing, waiting, active }: Registered,
  ready: Promise<T>,
  limit: Promise<void>,
): Promise<T> {
  const failed = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(new Fault("unavailable", "the service worker was not installed"));
    void limit.then(fail);
    const isOnly = waiting === null && active === null;
    if (installing === null || !isOnly) return;
    const look = (): void => {
      if (installing.state === "redundant") fail();
    };
    installing.addEventListener("statechange", look);
    look();
  });
  return Promise.race([ready, failed]);
}
