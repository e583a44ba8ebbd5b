/**
 * Frame: one card in the middle of an empty page, for everybody who is not in yet.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Logo } from "../look/icons.tsx";
import { words } from "../words.ts";

interface Props {
  readonly title: string;
  readonly note?: string;
  /** For wide content: words in columns. */
  readonly wide?: boolean;
  readonly children?: ComponentChildren;
  readonly name: string;
}

export function Frame({ title, note, wide = false, children, name }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // the keyboard goes to the first field, or to the title so that it is read out
    const field = heading.current?.closest(".enter-card")?.querySelector<HTMLElement>("[autofocus], .input");
    (field ?? heading.current)?.focus();
  }, [name]);
  return (
    <main class="enter" data-screen={name}>
      <p class="brand enter-brand">
        <Logo />
        {words.name}
      </p>
      <section class="enter-card" data-wide={wide}>
        <h1 class="enter-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {note !== undefined && <p class="enter-note">{note}</p>}
        {children}
      </section>
    </main>
  );
}
