/**
 * Allow-list: the hosts that an owner named in the settings, and nobody else.
 *
 * portal.url, portal.docks, archive.to and the addresses of alerts, each as exact scheme, host and port. With TLS;
 * without it only to this machine, and to archive and alerts where the address is one of the home network. What a portal, a dock
 * or a grant says is checked here too: an address that comes from outside adds nothing to the list.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import { isAddress, isWithin, outside, type Reach } from "./home.ts";

export interface Endpoint {
  readonly url: URL;
  readonly reach: Reach;
}

/** Whom a client may call. */
export interface Allow {
  /** Throws Fault `denied`, or `invalid` for what is no address. */
  check(address: string): Endpoint;
}

const maxChars = 600;

export class AllowList implements Allow {
  readonly #origins = new Map<string, Reach>();

  constructor({ portal, archive, alerts }: Pick<Settings, "portal" | "archive" | "alerts">) {
    if (portal.url !== "") this.#add(portal.url, "here");
    for (const dock of portal.docks) {
      this.#add(`https://${dock}`, "here");
      if (isThisMachine(new URL(`https://${dock}`).hostname)) this.#add(`http://${dock}`, "here");
    }
    if (/^https?:/u.test(archive.to)) this.#add(archive.to, "home");
    for (const url of [alerts.ntfyUrl, alerts.webhookUrl]) if (url !== "") this.#add(url, "home");
  }

  get size(): number {
    return this.#origins.size;
  }

  /** Addresses of each host and port: one, or with TLS and without. */
  get hosts(): string[][] {
    return Object.values(Object.groupBy(this.#origins.keys(), (origin) => new URL(origin).host)).map(
      (origins) => origins ?? [],
    );
  }

  /** Throws Fault `denied` for what is not on the list, `invalid` for what is no address. */
  check(address: string): Endpoint {
    const url = address.length <= maxChars ? URL.parse(address) : null;
    if (url === null) throw new Fault("invalid", "what should be an address is none");
    const reach = this.#origins.get(url.origin);
    if (reach === undefined) throw notListed(url);
    if (url.username !== "" || url.password !== "" || url.hash !== "")
      throw new Fault("denied", "an address with a name, a password or a # in it is not called");
    if (isAddress(url.hostname) && !isWithin(url.hostname, reach)) throw outside(url.hostname);
    return { url, reach };
  }

  #add(address: string, without: Reach): void {
    const { origin, protocol } = new URL(address);
    this.#origins.set(origin, protocol === "https:" ? "anywhere" : without);
  }
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || isWithin(host, "here");
}

function notListed({ protocol, host }: URL): Fault {
  const what = protocol === "https:" ? host : `${protocol}//${host}`;
  return new Fault("denied", `${what} is not among the hosts that may be called`, {
    hint: "portal.url, portal.docks, archive.to, alerts.ntfyUrl and alerts.webhookUrl name them",
  });
}
