/**
 * Outlet: the page that the address names, loaded when it is first opened.
 *
 * A page that this person may not see, or that does not exist, is said so; the way back is the
 * same everywhere. The keyboard lands on the title, so that a screen reader says where it is.
 */
import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { pageAt, pagesFor, type PageEntry, type PageProps } from "./pages.ts";
import { addressOf } from "./route.ts";

interface Props extends Omit<PageProps, "rest"> {
  readonly route: string;
}

type Loaded = { readonly page: FunctionComponent<PageProps> } | "failed" | null;

function useLoaded(entry: PageEntry | null): Loaded {
  const [loaded, setLoaded] = useState<{ readonly entry: PageEntry; readonly now: Loaded } | null>(null);
  useEffect(() => {
    if (entry === null) return;
    let wanted = true;
    entry.load().then(
      (page) => wanted && setLoaded({ entry, now: { page } }),
      () => wanted && setLoaded({ entry, now: "failed" }),
    );
    return () => {
      wanted = false;
    };
  }, [entry]);
  return loaded !== null && loaded.entry === entry ? loaded.now : null;
}

export function Outlet({ route, home, me, ledger }: Props) {
  const found = pageAt(me.person.role, route);
  const entry = found?.entry ?? null;
  const loaded = useLoaded(entry);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [route]);
  const say = entry === null ? words.page.missing : words.pages[entry.words];
  // a page about one thing of a list leads back to the list
  const backRoute = found !== null && found.rest.length > 0 ? (entry?.back ?? entry?.route) : entry?.back;
  const back = pagesFor(me.person.role).find((page) => page.route === backRoute);
  const Page = loaded !== null && loaded !== "failed" ? loaded.page : null;
  return (
    <main class="page" data-page={entry?.route ?? route}>
      <a class="quiet-link page-back" href={addressOf(back?.route ?? "")}>
        <Icon name="back" />
        {back === undefined ? words.page.back : words.page.backTo(words.pages[back.words].title)}
      </a>
      <h2 class="page-title" tabIndex={-1} ref={title}>
        {say.title}
      </h2>
      <p class="page-note">{say.note}</p>
      {Page !== null && <Page key={route} home={home} me={me} rest={found?.rest ?? []} ledger={ledger} />}
      {loaded === "failed" && <p role="alert">{words.page.failed}</p>}
    </main>
  );
}
