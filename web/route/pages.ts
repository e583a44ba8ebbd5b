/**
 * Pages: everything beside the door itself, who sees it, and where its code comes from.
 *
 * Each is loaded when it is opened. To add one: a line here, its words in words.ts (`pages`), and a
 * component that takes `PageProps`; `Me` signs and opens for it.
 */
import type { FunctionComponent } from "preact";
import type { Role } from "../../daemon/household/roles.ts";
import type { Me } from "../identity/me.ts";
import type { IconName } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import type { Words } from "../words.ts";

export interface PageProps {
  readonly home: Home;
  readonly me: Me;
}

export interface PageEntry {
  /** In the address: "#/people". */
  readonly route: string;
  /** Its title in `words.pages`. */
  readonly words: keyof Words["pages"];
  readonly icon: IconName;
  readonly roles: readonly Role[];
  readonly load: () => Promise<FunctionComponent<PageProps>>;
}

export const pages: readonly PageEntry[] = [];

export function pagesFor(role: Role): PageEntry[] {
  return pages.filter(({ roles }) => roles.includes(role));
}
