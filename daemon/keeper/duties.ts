/**
 * Duties: is the keeper alive? For the service manager, which restarts one that is not.
 *
 * A disk that is full or refuses to write is no reason: the bell rings on, and a restart would not
 * help. One that has not answered for a minute is.
 */
import type { Duties } from "../wire/notify.ts";
import type { Store } from "./store/store.ts";

/** Far more than a slow card takes for one batch. */
const patienceMs = 60_000;
const msPerS = 1_000;

export interface KeeperParts {
  readonly store: { readonly queue: Pick<Store["queue"], "unansweredMs" | "fault"> };
  readonly url: string;
  readonly eye: () => boolean;
}

export function keeperDuties({ store: { queue }, url, eye }: KeeperParts): Duties {
  return {
    trouble: () =>
      queue.unansweredMs < patienceMs
        ? null
        : `the disk has not answered for ${Math.round(queue.unansweredMs / msPerS)} s`,
    status: () => {
      const store = queue.fault === null ? "" : `; the store cannot write: ${queue.fault.message}`;
      return `the page is on ${url}; the eye is ${eye() ? "there" : "away"}${store}`;
    },
  };
}
