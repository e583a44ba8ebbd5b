/**
 * Docks: the addresses to which a parcel may go, as the settings name them. Pure.
 *
 * A portal's docks have fixed addresses below its own. What an agency names must lie on the portal's
 * host or on one of `portal.docks`; the owner's archive is `archive.to`, to the letter.
 */
export interface DockSettings {
  readonly portal: { readonly url: string; readonly docks: readonly string[] };
  readonly archive: { readonly to: string };
}

/** How the address of every portal's dock for links ends. */
export const sharesPath = "/dock/shares";

/** For links and neighbours; null = no portal is set. */
export function shareDock({ portal }: DockSettings): string | null {
  return dockBelow(portal.url, sharesPath);
}

/** For posts on the neighbours' board. */
export function boardDock({ portal }: DockSettings): string | null {
  return dockBelow(portal.url, "/dock/board");
}

export function agencyDock({ portal }: DockSettings, agency: string): string | null {
  return dockBelow(portal.url, `/dock/agencies/${agency}`);
}

/** Where the page of a link is, without its key. */
export function sharePage({ portal }: DockSettings, grant: string): string | null {
  return portal.url === "" ? null : `${withoutSlash(portal.url)}/s/${grant}`;
}

/** On a host to which an agency's parcels may be brought at all. */
export function isAllowedDock({ portal }: DockSettings, address: string): boolean {
  const url = URL.parse(address);
  if (url === null || portal.url === "") return false;
  const own = URL.parse(portal.url);
  if (own !== null && url.host === own.host) return url.protocol === own.protocol;
  return url.protocol === "https:" && portal.docks.includes(url.host);
}

function dockBelow(portal: string, path: string): string | null {
  return portal === "" ? null : withoutSlash(portal) + path;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/u, "");
}
