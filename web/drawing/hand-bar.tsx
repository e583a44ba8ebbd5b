/**
 * HandBar: what is in hand, where it is, and what can be done with it; announced as it changes.
 */
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { type Act, canClose, type Desk, type Draft, drawingOf } from "./desk.ts";
import type { Editor } from "./editor.ts";
import { type Frame, seenAs } from "./frame.ts";
import { cornerName, placeName, shapeName } from "./names.ts";
import { after, middleOf, type Shape, shapeOf } from "./shapes.ts";

const { drawing: say } = words;

interface Props {
  readonly editor: Editor;
  readonly desk: Desk;
  readonly frame: Frame;
}

export function HandBar({ editor, desk, frame }: Props) {
  const { draft, selection } = desk;
  const drawing = drawingOf(desk);
  const shape = selection === null ? null : shapeOf(drawing, selection.shape);
  const corner = selection?.corner ?? null;
  const run = (what: Act) => (): void => editor.do(what);
  return (
    <div class="hand-bar">
      <p class="hand-what" role="status" data-testid="in-hand">
        {whatIsInHand(desk, shape === null ? null : { shape, corner, frame })}
      </p>
      {draft !== null && <DraftButtons desk={desk} run={run} />}
      {draft === null && shape !== null && corner !== null && <CornerButtons {...{ shape, corner, run }} />}
    </div>
  );
}

interface InHand {
  readonly shape: Shape;
  readonly corner: number | null;
  readonly frame: Frame;
}

function whatIsInHand(desk: Desk, inHand: InHand | null): string {
  if (desk.draft !== null) return draftHint(desk.draft);
  const drawing = drawingOf(desk);
  if (drawing.shapes.length === 0) return say.nothingDrawn;
  if (inHand === null) return say.nothingInHand;
  const { shape, corner, frame } = inHand;
  const at = corner === null ? undefined : shape.polygon[corner];
  if (corner === null || at === undefined) return say.shapeInHand(shapeName(drawing, shape));
  return `${cornerName(drawing, shape, corner)}: ${placeName(seenAs(frame, at))}`;
}

function draftHint({ corners }: Draft): string {
  if (corners.length === 0) return say.draftFirst;
  return corners.length < 3 ? say.draftNext : say.draftClose;
}

type Run = (what: Act) => () => void;

function DraftButtons({ desk, run }: { readonly desk: Desk; readonly run: Run }) {
  return (
    <>
      {canClose(desk) && (
        <button type="button" class="button button-main" onClick={run({ act: "close-draft" })}>
          <Icon name="check" />
          {say.close}
        </button>
      )}
      <button type="button" class="button" onClick={run({ act: "drop-draft" })}>
        {say.cancel}
      </button>
    </>
  );
}

interface CornerProps {
  readonly shape: Shape;
  readonly corner: number;
  readonly run: Run;
}

function CornerButtons({ shape, corner, run }: CornerProps) {
  const middle = middleOf(shape.polygon[corner] ?? [0, 0], after(shape.polygon, corner));
  const { id } = shape;
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={run({ act: "edit", edit: { do: "insert-corner", shape: id, after: corner, at: middle } })}
      >
        <Icon name="plus" />
        {say.addCorner}
      </button>
      <button
        type="button"
        class="button"
        disabled={shape.polygon.length <= 3}
        onClick={run({ act: "edit", edit: { do: "remove-corner", shape: id, corner } })}
      >
        <Icon name="trash" />
        {say.removeCorner}
      </button>
    </>
  );
}
