/**
 * Push list: the push services that a phone may be told by, and nobody else.
 *
 * A list of its own: what portals, docks and webhooks may be called is not called with an alert, and the other way round.
 */
import { Fault } from "../../../hal/fault.ts";
import { pushAddress } from "../../wire/push-host.ts";
import type { Allow, Endpoint } from "../http/allow-list.ts";

export class PushList implements Allow {
  readonly #hosts: readonly string[];

  constructor(hosts: readonly string[]) {
    this.#hosts = hosts;
  }

  /** Throws Fault `denied`. */
  check(address: string): Endpoint {
    const url = pushAddress(address, this.#hosts);
    if (url === null)
      throw new Fault("denied", "the address of a phone is at none of the push services that may be called", {
        hint: "alerts.pushHosts names them",
      });
    return { url, reach: url.protocol === "https:" ? "anywhere" : "here" };
  }
}
