/**
 * App: the portal's frame, and the page that the address names.
 *
 * The feed comes at once; every other page is loaded when it is opened. The frame is the same everywhere, so that
 * a visitor always sees whose page this is and how to get to the requests.
 */
import type { ComponentChildren, FunctionComponent } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { systemClock } from "../../hal/clock.ts";
import { Logo } from "../../web/look/icons.tsx";
import { useAsked } from "../../web/look/use-asked.ts";
import { useStore, type Store } from "../../web/state/store.ts";
import { getPortal } from "./ask/public.ts";
import { FeedPage } from "./feed/feed-page.tsx";
import { Nothing, PageTitle } from "./look/parts.tsx";
import { addressOf, type PageName, type Route } from "./route/route.ts";
import { words } from "./words.ts";

type Loaded = () => Promise<FunctionComponent<{ readonly route: Route }>>;

const pages: Readonly<Record<Exclude<Route["page"], "requests" | "missing">, Loaded>> = {
  request: async () => {
    const { RequestPage } = await import("./request/request-page.tsx");
    return ({ route }) => <RequestPage key={route.of} hash={route.of} />;
  },
  agencies: async () => (await import("./agencies/agency-list.tsx")).AgencyList,
  agency: async () => {
    const { AgencyPage } = await import("./agencies/agency-page.tsx");
    return ({ route }) => <AgencyPage key={route.of} id={route.of} />;
  },
  board: async () => (await import("./board/board-page.tsx")).BoardPage,
  log: async () => (await import("./log/log-page.tsx")).LogPage,
  about: async () => (await import("./about/about-page.tsx")).AboutPage,
  desk: async () => {
    const { DeskPage } = await import("./desk/desk-page.tsx");
    return ({ route }) => <DeskPage place={route.of} />;
  },
  share: async () => {
    const { SharePage } = await import("./share/share-page.tsx");
    return ({ route }) =>
      route.page === "share" ? <SharePage grant={route.of} fragment={route.key} /> : null;
  },
};

export function App({ route }: { readonly route: Store<Route> }) {
  const here = useStore(route, (value) => value);
  useEffect(() => {
    document.title = `${words.titles[here.page]} · ${words.site}`;
    scrollTo(0, 0);
  }, [here.page, here.of]);
  return (
    <Frame page={here.page}>
      <Page route={here} />
    </Frame>
  );
}

function Page({ route }: { readonly route: Route }) {
  if (route.page === "requests") return <FeedPage />;
  if (route.page === "missing")
    return (
      <>
        <PageTitle lead={words.missing}>{words.titles.missing}</PageTitle>
        <p class="part">
          <a class="quiet-link" href={addressOf("requests")}>
            {words.toRequests}
          </a>
        </p>
      </>
    );
  return <LazyPage key={route.page} load={pages[route.page]} route={route} />;
}

function LazyPage({ load, route }: { readonly load: Loaded; readonly route: Route }) {
  const [loaded, setLoaded] = useState<
    { readonly Shown: FunctionComponent<{ route: Route }> } | "failed" | null
  >(null);
  useEffect(() => {
    load().then(
      (Shown) => setLoaded({ Shown }),
      () => setLoaded("failed"),
    );
  }, [load]);
  if (loaded === "failed") return <Nothing title={words.loadFailed} />;
  return loaded === null ? null : <loaded.Shown route={route} />;
}

const inNav: readonly PageName[] = ["requests", "agencies", "board", "log", "about"];
const under: Readonly<Partial<Record<Route["page"], PageName>>> = { request: "requests", agency: "agencies" };

function Frame({ page, children }: { readonly page: Route["page"]; readonly children: ComponentChildren }) {
  const portal = useAsked(useCallback(getPortal, []), { clock: systemClock, everyMs: null });
  const current = under[page] ?? page;
  const skip = (click: MouseEvent): void => {
    click.preventDefault();
    document.getElementById("content")?.focus();
  };
  const link = (name: PageName, extra = "") => (
    <a
      key={name}
      class={extra}
      href={`/${addressOf(name)}`}
      aria-current={current === name ? "page" : undefined}
    >
      {words.nav[name as keyof typeof words.nav]}
    </a>
  );
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        {words.skip}
      </a>
      <header class="site-head">
        <div class="site-top">
          <a class="site-brand" href={`/${addressOf("requests")}`}>
            <Logo />
            {words.site}
          </a>
          <nav class="site-nav" aria-label={words.nav.label}>
            {inNav.map((name) => link(name))}
          </nav>
          {link("desk", "site-desk")}
        </div>
      </header>
      <main
        class="site-main"
        id="content"
        tabIndex={-1}
        data-narrow={["log", "about", "share"].includes(page)}
      >
        {children}
      </main>
      <footer class="site-foot">
        <div>
          <p>{words.foot}</p>
          {portal.value !== null && <p>{words.footPortal(portal.value.name)}</p>}
        </div>
      </footer>
    </>
  );
}
