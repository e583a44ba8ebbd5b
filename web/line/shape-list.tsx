/**
 * ShapeList: line and privacy zones by name, what is wrong with each, and a way to take each in hand.
 */
import type { Desk } from "../drawing/desk.ts";
import { drawingOf } from "../drawing/desk.ts";
import type { Editor } from "../drawing/editor.ts";
import type { Flaw } from "../drawing/flaws.ts";
import { flawText, shapeName } from "../drawing/names.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { line: say, drawing: sayDrawing } = words;

interface Props {
  readonly editor: Editor;
  readonly desk: Desk;
  readonly flaws: readonly Flaw[];
}

export function ShapeList({ editor, desk, flaws }: Props) {
  const drawing = drawingOf(desk);
  if (drawing.shapes.length === 0) return null;
  return (
    <section class="shape-list" aria-label={say.shapes}>
      <ul>
        {drawing.shapes.map((shape) => {
          const name = shapeName(drawing, shape);
          const flaw = flaws.find((each) => each.shape.id === shape.id);
          return (
            <li key={shape.id} data-role={shape.role}>
              <button
                type="button"
                class="shape-choose"
                aria-pressed={desk.selection?.shape === shape.id}
                onClick={() => editor.do({ act: "select", selection: { shape: shape.id, corner: null } })}
              >
                <span class="shape-sign" />
                {name}
                <span class="shape-note">{say.corners(shape.polygon.length)}</span>
              </button>
              <button
                type="button"
                class="button button-icon"
                aria-label={sayDrawing.removeShape(name)}
                title={sayDrawing.removeShape(name)}
                onClick={() => editor.do({ act: "edit", edit: { do: "remove-shape", shape: shape.id } })}
              >
                <Icon name="trash" />
              </button>
              {flaw !== undefined && (
                <p class="draw-wrong" data-testid="flaw">
                  {flawText(drawing, flaw)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
