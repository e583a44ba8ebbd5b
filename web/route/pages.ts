/**
 * Pages: everything beside the door itself, who sees it, and where its code comes from.
 *
 * Each is loaded when it is opened. To add one: a line here, its words in words.ts (`pages`), and a
 * component that takes `PageProps`; `Me` signs and opens for it.
 */
import type { FunctionComponent } from "preact";
import type { Role } from "../../daemon/household/roles.ts";
import type { IconName } from "../look/icons.tsx";
import type { Words } from "../words.ts";
import type { PageProps } from "./page-props.ts";

export type { PageProps } from "./page-props.ts";

export interface PageEntry {
  /** In the address: "#/people"; a page below another is named after it, "requests/court-order". */
  readonly route: string;
  /** Its title in `words.pages`. */
  readonly words: keyof Words["pages"];
  readonly icon: IconName;
  readonly roles: readonly Role[];
  /** False: another page leads there. */
  readonly inMenu?: boolean;
  /** The page to go back to; default: the door. */
  readonly back?: string;
  readonly load: () => Promise<FunctionComponent<PageProps>>;
}

const everybody: readonly Role[] = ["owner", "member", "installer", "tester"];

export const pages: readonly PageEntry[] = [
  {
    route: "timeline",
    words: "timeline",
    icon: "timeline",
    roles: ["owner", "member"],
    load: async () => (await import("../timeline/timeline-page.tsx")).TimelinePage,
  },
  {
    route: "alerts",
    words: "alerts",
    icon: "bell",
    roles: ["owner", "member"],
    load: async () => (await import("../alerts/alerts-page.tsx")).AlertsPage,
  },
  {
    route: "line",
    words: "line",
    icon: "outline",
    roles: ["owner"],
    load: async () => (await import("../line/line-page.tsx")).LinePage,
  },
  {
    route: "publish",
    words: "publish",
    icon: "shield",
    roles: ["owner"],
    load: async () => (await import("../publish/publish-page.tsx")).PublishPage,
  },
  {
    route: "zones",
    words: "zones",
    icon: "zones",
    roles: ["owner", "installer"],
    load: async () => (await import("../zones/zones-page.tsx")).ZonesPage,
  },
  {
    route: "calibrate",
    words: "calibrate",
    icon: "sliders",
    roles: ["owner", "installer"],
    load: async () => (await import("../calibrate/calibrate-page.tsx")).CalibratePage,
  },
  {
    route: "selftest",
    words: "selftest",
    icon: "check",
    roles: ["owner", "installer"],
    load: async () => (await import("../selftest/selftest-page.tsx")).SelftestPage,
  },
  {
    route: "health",
    words: "health",
    icon: "pulse",
    roles: everybody,
    load: async () => (await import("../health/health-page.tsx")).HealthPage,
  },
  {
    route: "requests",
    words: "requests",
    icon: "ask",
    roles: ["owner", "member"],
    load: async () => (await import("../requests/requests-page.tsx")).RequestsPage,
  },
  {
    route: "requests/court-order",
    words: "courtOrder",
    icon: "paper",
    roles: ["owner", "member"],
    inMenu: false,
    back: "requests",
    load: async () => (await import("../court-order/court-order-page.tsx")).CourtOrderPage,
  },
  {
    route: "place",
    words: "place",
    icon: "pin",
    roles: ["owner"],
    inMenu: false,
    back: "requests",
    load: async () => (await import("../place/place-page.tsx")).PlacePage,
  },
  {
    route: "shared",
    words: "shared",
    icon: "share",
    roles: ["owner", "member"],
    load: async () => (await import("../shared/shared-page.tsx")).SharedPage,
  },
  {
    route: "shared/post",
    words: "post",
    icon: "pen",
    roles: ["owner"],
    inMenu: false,
    back: "shared",
    load: async () => (await import("../shared/post-page.tsx")).PostPage,
  },
  {
    route: "share/request",
    words: "share",
    icon: "share",
    roles: ["owner"],
    inMenu: false,
    back: "requests",
    load: async () => (await import("../share/share-page.tsx")).RequestSharePage,
  },
  {
    route: "share/court-order",
    words: "share",
    icon: "share",
    roles: ["owner"],
    inMenu: false,
    back: "requests/court-order",
    load: async () => (await import("../share/share-page.tsx")).CourtSharePage,
  },
  {
    route: "share/clip",
    words: "share",
    icon: "share",
    roles: ["owner"],
    inMenu: false,
    load: async () => (await import("../share/share-page.tsx")).ClipSharePage,
  },
  {
    route: "talk",
    words: "talk",
    icon: "speaker",
    roles: ["owner", "member"],
    load: async () => (await import("../talk/talk-page.tsx")).TalkPage,
  },
  {
    route: "people",
    words: "people",
    icon: "people",
    roles: everybody,
    load: async () => (await import("../people/people-page.tsx")).PeoplePage,
  },
  {
    route: "history",
    words: "history",
    icon: "history",
    roles: ["owner", "member"],
    load: async () => (await import("../history/history-page.tsx")).HistoryPage,
  },
];

export function pagesFor(role: Role): PageEntry[] {
  return pages.filter(({ roles }) => roles.includes(role));
}

export interface PagePlace {
  readonly entry: PageEntry;
  readonly rest: readonly string[];
}

/** The page with the longest name that the route begins with; null = none that this role may see. */
export function pageAt(role: Role, route: string): PagePlace | null {
  const [entry] = pagesFor(role)
    .filter((page) => isWithin(route, page.route))
    .toSorted((a, b) => b.route.length - a.route.length);
  if (entry === undefined) return null;
  const rest = route.slice(entry.route.length + 1);
  return { entry, rest: rest === "" ? [] : rest.split("/") };
}

/** `route` is `page` or lies below it. */
export function isWithin(route: string, page: string): boolean {
  return route === page || route.startsWith(`${page}/`);
}
