/**
 * WhatChoice: the menu of a list's rows: one tap says what it was instead, and that can be taken back.
 *
 * One for the whole list: rows come and go while it is open. A native popover: whoever taps beside it or presses Escape
 * changes nothing. Arrow keys, Home and End go through it, as in every menu.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { labels, type Label } from "../../models/labels.ts";
import { clockTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import type { Told } from "./describe.ts";
import { placeBeside } from "./place-beside.ts";
import { SignIcon } from "./sign-icon.tsx";
import { signOfLabels } from "./signs.ts";
import type { OpenWhat } from "./what-button.tsx";
import { kindWords, moveWords } from "./what-of.ts";

const { what: say } = words;

interface Asked {
  readonly event: Told;
  readonly anchor: HTMLElement;
}

export interface WhatMenuInUse {
  readonly asked: Asked | null;
  readonly open: OpenWhat;
  /** What was asked before is told late that its menu closed: that does not close the one of now. */
  readonly close: (which: Asked) => void;
}

/** A tap on the sign whose menu is open closes it; on another sign it opens that one's. */
export function useWhatMenu(): WhatMenuInUse {
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useRef<Asked | null>(null);
  now.current = asked;
  /** Whose menu was open when the tap began; the browser closes it before the click comes. */
  const pressed = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const note = ({ target }: UIEvent): void => {
      const anchor = now.current?.anchor ?? null;
      pressed.current = target instanceof Node && anchor?.contains(target) === true ? anchor : null;
    };
    const kinds = ["pointerdown", "keydown"] as const;
    for (const kind of kinds) document.addEventListener(kind, note, true);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, note, true);
    };
  }, []);
  const open = useCallback<OpenWhat>((event, anchor) => {
    const isOpen = pressed.current === anchor || now.current?.anchor === anchor;
    pressed.current = null;
    setAsked(isOpen ? null : { event, anchor });
  }, []);
  const close = useCallback((which: Asked) => setAsked((of) => (of === which ? null : of)), []);
  return { asked, open, close };
}

interface Props {
  readonly home: Home;
  readonly menu: WhatMenuInUse;
}

export function WhatChoice({ home, menu: { asked, close } }: Props) {
  if (asked === null) return null;
  return <Open key={asked.event.id} home={home} asked={asked} onClose={() => close(asked)} />;
}

function Open({
  home,
  asked,
  onClose,
}: {
  readonly home: Home;
  readonly asked: Asked;
  readonly onClose: () => void;
}) {
  const { event, anchor } = asked;
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return;
    element.showPopover();
    placeBeside(element, anchor);
    element.querySelector<HTMLElement>('[aria-checked="true"]')?.focus({ preventScroll: true });
  }, []);
  const done = (label: Label | null): void => {
    menu.current?.hidePopover();
    anchor.focus({ preventScroll: true });
    if (label !== event.corrected) void home.remarks.correctAloud(event, label);
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitemradio]") ?? [])];
    const next = nextItem(
      key.key,
      items.findIndex((item) => item === document.activeElement),
      items.length,
    );
    if (key.key === "Tab") done(event.corrected);
    if (next === null) return;
    key.preventDefault();
    items[next]?.focus();
  };
  return (
    <div
      class="menu what-choice"
      ref={menu}
      popover="auto"
      role="menu"
      aria-label={say.choose(kindWords(event), clockTime(event.startWallMs))}
      onToggle={({ newState }) => newState === "closed" && onClose()}
      onKeyDown={onKeyDown}
      data-testid="what-choice"
    >
      {[null, ...labels].map((label) => (
        <button
          key={label ?? ""}
          type="button"
          class="menu-item"
          role="menuitemradio"
          aria-checked={event.corrected === label}
          tabIndex={-1}
          onClick={() => done(label)}
        >
          <SignIcon sign={signOfLabels(label === null ? event.what : [label])} />
          <span class="what-choice-words">
            {label === null ? say.asSaid(moveWords(event.what)) : say.labels[label]}
          </span>
          {event.corrected === label && <Icon name="check" />}
        </button>
      ))}
    </div>
  );
}

/** Around at both ends; null: the key means nothing here. */
export function nextItem(key: string, at: number, count: number): number | null {
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
