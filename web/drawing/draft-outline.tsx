/**
 * DraftOutline: a shape that is being drawn, and the cross where its next corner would go.
 */
import { words } from "../words.ts";
import type { Draft } from "./desk.ts";
import { seenAs } from "./frame.ts";
import { placeName } from "./names.ts";
import { pathOf } from "./outline.tsx";
import { draftFocus } from "./use-hands.ts";
import { toStage, type View } from "./view.ts";

const { drawing: say } = words;

export function DraftOutline({ draft, view }: { readonly draft: Draft; readonly view: View }) {
  const points = draft.corners.map((point) => toStage(view, point));
  const [x, y] = toStage(view, draft.cursor);
  const closable = points.length >= 3;
  return (
    <g class="outline" data-role={draft.role} data-chosen="true">
      <path class="outline-halo" d={pathOf([...points, [x, y]], false)} />
      <path class="outline-line outline-open" d={pathOf([...points, [x, y]], false)} />
      {points.map((at, i) => (
        <g
          key={i}
          class="corner"
          data-closes={i === 0 && closable}
          transform={`translate(${at[0]} ${at[1]})`}
        >
          <circle class="corner-ring" r="13" />
          <circle class="corner-dot" r="5.5" />
        </g>
      ))}
      <g
        class="cross"
        role="button"
        tabindex={0} // SVG has no other spelling
        aria-label={`${say.cross(draft.corners.length)} ${placeName(seenAs(view.frame, draft.cursor))}`}
        data-focus={draftFocus}
        transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
      >
        <circle class="corner-ring" r="13" />
        <path d="M-12 0H-3M3 0H12M0-12V-3M0 3V12" />
      </g>
    </g>
  );
}
