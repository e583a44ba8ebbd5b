/**
 * LineDesk: the editor for line and privacy zones, with what comes of it beside it.
 *
 * The opening is made anew from the drawing with every change, by the code and at the size that the
 * eye uses; the veil, the preview and the percentage are all taken from it.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { maxPrivacyZones, type MaskShape } from "../../daemon/policy/shape.ts";
import { drawingOf } from "../drawing/desk.ts";
import { type Editor, openEditor } from "../drawing/editor.ts";
import { flawsOf } from "../drawing/flaws.ts";
import { maskAsSeen } from "../drawing/frame.ts";
import type { Picture } from "../drawing/picture.ts";
import { Stage } from "../drawing/stage.tsx";
import { useFrame } from "../drawing/use-frame.ts";
import { Toggle } from "../drawing/tool-bar.tsx";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import type { InForce } from "./in-force.ts";
import { drawingFrom, isSameMask, maskOf } from "./policy-draft.ts";
import { Retention } from "./retention.tsx";
import { SaveLine } from "./save-line.tsx";
import { ShapeList } from "./shape-list.tsx";
import { StillButton } from "./still-button.tsx";
import type { Line } from "./use-line.ts";

const { line: say } = words;

interface Props {
  readonly home: Home;
  readonly line: Line;
  readonly picture: Picture;
  readonly inForce: InForce | null;
  readonly suggestion: MaskShape | null;
}

export function LineDesk({ home, line, picture, inForce, suggestion }: Props) {
  const [editor] = useState(() => unsaved.get(home) ?? openEditor(drawingFrom(inForce?.mask ?? null)));
  const [asSeen, setAsSeen] = useState(false);
  const [hours, setHours] = useState(
    inForce?.retentionHours ?? home.store.get().status?.storage.retentionHours ?? 72,
  );
  const desk = useStore(editor.desk, (value) => value);
  const drawing = drawingOf(desk);
  const mask = useMemo(() => maskOf(drawing), [drawing]);
  const frame = useFrame(home, picture.size);
  const opening = useMemo(
    () => rasteriseOpening(picture.size, maskAsSeen(frame, mask)),
    [picture, frame, mask],
  );
  const before = useMemo(
    () => rasteriseOpening(picture.size, maskAsSeen(frame, inForce?.mask ?? null)).visibleFrac,
    [picture, frame, inForce],
  );
  const flaws = flawsOf(drawing);
  const same = isSameMask(mask, inForce?.mask ?? null) && hours === inForce?.retentionHours;
  useUnsaved({ home, editor }, !same && drawing.shapes.length > 0);
  // without a line there is nothing to see yet: the scene stays visible while the first one is drawn
  const cover = asSeen ? "masked" : mask === null ? "plain" : "veil";
  return (
    <div class="draw-desk">
      <Stage {...{ editor, picture, frame, opening, cover }} label={say.stage}>
        <Toggle icon="eye" word={say.asSeen} on={asSeen} onToggle={setAsSeen} wide />
      </Stage>
      <div class="draw-side">
        <Begin editor={editor} hasLine={mask !== null} suggestion={suggestion} />
        <ShapeList editor={editor} desk={desk} flaws={flaws} />
        {mask !== null && (
          <div class="draw-add">
            <button
              type="button"
              class="button"
              disabled={desk.draft !== null || mask.privacyZones.length >= maxPrivacyZones}
              onClick={() => editor.do({ act: "draft", role: "hidden", motion: null })}
            >
              <Icon name="plus" />
              {say.addHidden}
            </button>
            <p class="draw-hint">{say.hiddenWhy}</p>
          </div>
        )}
        <Retention hours={hours} onHours={setHours} />
        <SaveLine
          {...{ line, desk, mask, flaws, same, hours, before }}
          sensor={frame?.sensor ?? picture.size}
          after={opening.visibleFrac}
        />
        <div class="draw-still">
          <StillButton line={line} word={say.newStill} />
          <p class="draw-hint">{say.stillWhy}</p>
        </div>
      </div>
    </div>
  );
}

interface BeginProps {
  readonly editor: Editor;
  readonly hasLine: boolean;
  readonly suggestion: MaskShape | null;
}

/** Half of the picture, in its middle: a start for whoever cannot or will not tap. */
const box: MaskShape = {
  propertyLine: [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ],
  privacyZones: [],
};

function Begin({ editor, hasLine, suggestion }: BeginProps) {
  const drafting = useStore(editor.desk, (desk) => desk.draft !== null);
  if (hasLine || drafting) return null;
  const start = (mask: MaskShape) => (): void => {
    editor.do({ act: "replace", drawing: drawingFrom(mask) });
    editor.do({ act: "select", selection: { shape: 1, corner: null } });
  };
  return (
    <div class="draw-begin">
      <button
        type="button"
        class="button button-main"
        onClick={() => editor.do({ act: "draft", role: "line", motion: null })}
      >
        <Icon name="outline" />
        {say.draw}
      </button>
      <button type="button" class="button" onClick={start(box)}>
        {say.box}
      </button>
      {suggestion !== null && (
        <button type="button" class="button" onClick={start(suggestion)}>
          {say.suggestion}
        </button>
      )}
    </div>
  );
}

/** Drawings that wait for their page to be opened again, with all their steps. */
const unsaved = new WeakMap<Home, Editor>();

/** Kept while the tab lives; the browser asks before it throws one away. */
function useUnsaved({ home, editor }: { readonly home: Home; readonly editor: Editor }, has: boolean): void {
  useEffect(() => {
    if (!has) {
      unsaved.delete(home);
      return;
    }
    unsaved.set(home, editor);
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [home, editor, has]);
}
