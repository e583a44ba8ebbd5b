/**
 * Parts: the few shapes that all of the portal's pages share.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { words } from "../words.ts";

interface TitleProps {
  readonly children: ComponentChildren;
  readonly lead?: string;
  readonly back?: { readonly href: string; readonly to: string };
}

/** The keyboard lands on it when a page opens, so that a screen reader says where it is. */
export function PageTitle({ children, lead, back }: TitleProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div>
      {back !== undefined && (
        <a class="quiet-link back" href={back.href}>
          <Icon name="back" />
          {words.back(back.to)}
        </a>
      )}
      <h1 class="title" tabIndex={-1} ref={title}>
        {children}
      </h1>
      {lead !== undefined && <p class="lead">{lead}</p>}
    </div>
  );
}

export function Nothing({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="nothing" data-testid="nothing">
      <strong>{title}</strong>
      {hint !== undefined && <p>{hint}</p>}
      {children}
    </div>
  );
}

/** While something is asked for, and when it did not come. */
export function Waiting({ fault, again }: { readonly fault: Fault | null; readonly again: () => void }) {
  if (fault === null) return <p class="wait breathing">{words.loading}</p>;
  return (
    <div class="part">
      <FaultNote fault={fault} />
      <div>
        <button type="button" class="button" onClick={again}>
          <Icon name="again" />
          {words.again}
        </button>
      </div>
    </div>
  );
}
