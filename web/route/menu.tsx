/**
 * Menu: the way to the other pages, and out. A native popover: Escape and a click beside it close it.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Me } from "../identity/me.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { isWithin, pagesFor } from "./pages.ts";
import { addressOf } from "./route.ts";

interface Props {
  readonly me: Me;
  readonly route: string;
  /** What stands under the pages: signing out. */
  readonly children?: ComponentChildren;
}

export function Menu({ me, route, children }: Props) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => list.current?.hidePopover(), [route]);
  return (
    <>
      <button
        type="button"
        class="button"
        popovertarget="menu"
        aria-label={words.menu.open}
        title={words.menu.open}
        data-testid="menu"
      >
        <Icon name="menu" />
        <span class="wide-only">{words.menu.title}</span>
      </button>
      <nav class="menu" id="menu" popover="auto" ref={list} aria-label={words.menu.title}>
        <p class="menu-who">
          <strong>{me.person.name}</strong>
          {words.people.roles[me.person.role].name}
        </p>
        <ul>
          {pagesFor(me.person.role)
            .filter(({ inMenu = true }) => inMenu)
            .map((page) => (
              <li key={page.route}>
                <a
                  class="menu-item"
                  href={addressOf(page.route)}
                  aria-current={isWithin(route, page.route) ? "page" : undefined}
                  onClick={() => list.current?.hidePopover()}
                >
                  <Icon name={page.icon} />
                  {words.pages[page.words].title}
                </a>
              </li>
            ))}
        </ul>
        {children}
      </nav>
    </>
  );
}
