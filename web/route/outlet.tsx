/**
 * Outlet: the page that the address names, loaded when it is first opened.
 *
 * A page that this person may not see, or that does not exist, is said so; the way back is the
 * same everywhere. The keyboard lands on the title, so that a screen reader says where it is.
 */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { pagesFor, type PageEntry, type PageProps } from "./pages.ts";
import { addressOf } from "./route.ts";

interface Props extends PageProps {
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

export function Outlet({ route, home, me }: Props) {
  const entry = pagesFor(me.person.role).find((page) => page.route === route) ?? null;
  const loaded = useLoaded(entry);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [route]);
  const say = entry === null ? words.page.missing : words.pages[entry.words];
  const Page = loaded !== null && loaded !== "failed" ? loaded.page : null;
  return (
    <main class="page" data-page={route}>
      <a class="quiet-link page-back" href={addressOf("")}>
        <Icon name="back" />
        {words.page.back}
      </a>
      <h2 class="page-title" tabIndex={-1} ref={title}>
        {say.title}
      </h2>
      <p class="page-note">{say.note}</p>
      {Page !== null && <Page home={home} me={me} />}
      {loaded === "failed" && <p role="alert">{words.page.failed}</p>}
    </main>
  );
}
