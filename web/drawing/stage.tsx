/**
 * Stage: the picture with everything that is drawn on it, and the tools around it.
 *
 * Works with a mouse, with fingers and with the keyboard alone; a screen reader hears what is
 * selected and where it is. Reusable: what the shapes mean is the page's business.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Opening } from "../../daemon/policy/opening.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { drawingOf } from "./desk.ts";
import { DraftOutline } from "./draft-outline.tsx";
import type { Editor } from "./editor.ts";
import type { Frame } from "./frame.ts";
import { flawsOf, wrongEdges } from "./flaws.ts";
import { HandBar } from "./hand-bar.tsx";
import { type Cover, Layers } from "./layers.tsx";
import { Loupe } from "./loupe.tsx";
import { Outline } from "./outline.tsx";
import type { Picture } from "./picture.ts";
import { ToolBar } from "./tool-bar.tsx";
import { useHands } from "./use-hands.ts";

interface Props {
  readonly editor: Editor;
  readonly picture: Picture;
  /** How the picture was cut and turned out of the sensor's. */
  readonly frame: Frame;
  readonly opening: Opening | null;
  readonly cover: Cover;
  /** Names the stage for a screen reader. */
  readonly label: string;
  /** A page's own tools. */
  readonly children?: ComponentChildren;
}

export function Stage({ editor, picture, frame: cut, opening, cover, label, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [snaps, setSnaps] = useState(true);
  const desk = useStore(editor.desk, (value) => value);
  const hands = useHands(frame, { editor, picture, frame: cut, snaps });
  const { view } = hands;
  const { width, height } = picture.size;
  useEffect(() => frame.current?.style.setProperty("--shape", `${width} / ${height}`), [width, height]);
  const drawing = drawingOf(desk);
  const flaws = flawsOf(drawing);
  // the chosen one last: it lies over the others
  const shapes = [...drawing.shapes].sort(
    (a, b) => Number(a.id === desk.selection?.shape) - Number(b.id === desk.selection?.shape),
  );
  return (
    <div class="drawing">
      <ToolBar {...{ editor, desk, hands, snaps }} onSnaps={setSnaps}>
        {children}
      </ToolBar>
      <div
        ref={frame}
        class="drawing-stage"
        role="group"
        aria-label={label}
        tabIndex={-1}
        data-draft={desk.draft !== null}
        data-testid="stage"
        onPointerDown={hands.onPointer}
        onPointerMove={hands.onPointer}
        onPointerUp={hands.onPointer}
        onPointerCancel={hands.onPointer}
        onKeyDown={hands.onKey}
      >
        {view !== null && (
          <>
            <Layers {...{ picture, view, opening, cover }} />
            <svg class="drawing-lines" data-cover={cover} role="group" aria-label={words.drawing.lines}>
              {shapes.map((shape) => (
                <Outline
                  key={shape.id}
                  {...{ drawing, shape, view }}
                  selection={desk.selection}
                  wrong={wrongEdges(flaws, shape)}
                  onSelect={(selection) => editor.do({ act: "select", selection })}
                />
              ))}
              {desk.draft !== null && <DraftOutline draft={desk.draft} view={view} />}
            </svg>
            {hands.under !== null && <Loupe {...{ picture, view }} at={hands.under} />}
          </>
        )}
      </div>
      <HandBar editor={editor} desk={desk} frame={cut} />
      <p class="drawing-keys">{words.drawing.keys}</p>
    </div>
  );
}
