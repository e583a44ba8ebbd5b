/**
 * Keys: what a key does to the corner, shape or draft that has the keyboard.
 *
 * Pure. An arrow moves by one pixel of the picture, with Shift by ten. Insert and Enter put a new
 * corner behind the one in hand, Delete takes it away, Ctrl+Z and Shift+Ctrl+Z (or Ctrl+Y) undo and
 * redo. Null = the key is none of ours and stays the browser's.
 */
import type { Point } from "../../hal/geometry.ts";
import { type Act, type Desk, drawingOf } from "./desk.ts";
import { after, middleOf, type Shape, shapeOf } from "./shapes.ts";
import type { Size } from "./view.ts";
import { type Frame, stepDrawnAs } from "./frame.ts";

export interface Key {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly command: boolean;
}

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What is shown, of which an arrow is one pixel. */
export interface Shown {
  readonly picture: Size;
  readonly frame: Frame;
}

export function keyAct(desk: Desk, key: Key, shown: Shown): Act | null {
  if (key.command) return commandAct(key);
  if (desk.draft !== null) return draftAct(desk.draft.cursor, key, shown);
  const { selection } = desk;
  const shape = selection === null ? null : shapeOf(drawingOf(desk), selection.shape);
  if (selection === null || shape === null) return null;
  return selection.corner === null
    ? shapeAct(shape, key, shown)
    : cornerAct(shape, selection.corner, { key, shown });
}

function commandAct({ key, shift }: Key): Act | null {
  const letter = key.toLowerCase();
  if (letter === "z") return { act: shift ? "redo" : "undo" };
  return letter === "y" && !shift ? { act: "redo" } : null;
}

/** An arrow as it is seen, as a step of the drawing. */
function step({ key, shift }: Key, { picture, frame }: Shown): Point | null {
  const arrow = arrows[key];
  if (arrow === undefined) return null;
  const px = shift ? 10 : 1;
  return stepDrawnAs(frame, [(arrow[0] * px) / picture.width, (arrow[1] * px) / picture.height]);
}

function draftAct(cursor: Point, key: Key, shown: Shown): Act | null {
  const by = step(key, shown);
  if (by !== null) return { act: "cursor", to: [cursor[0] + by[0], cursor[1] + by[1]] };
  if (key.key === "Enter" || key.key === " ") return { act: "corner", at: cursor };
  if (key.key === "Backspace" || key.key === "Delete") return { act: "undo" };
  if (key.key.toLowerCase() === "c") return { act: "close-draft" };
  return key.key === "Escape" ? { act: "drop-draft" } : null;
}

function shapeAct(shape: Shape, key: Key, shown: Shown): Act | null {
  const by = step(key, shown);
  if (by !== null) {
    return { act: "edit", edit: { do: "move-shape", shape: shape.id, by }, run: `keys ${shape.id}` };
  }
  if (isDelete(key)) return { act: "edit", edit: { do: "remove-shape", shape: shape.id } };
  return key.key === "Escape" ? { act: "select", selection: null } : null;
}

function cornerAct(shape: Shape, corner: number, { key, shown }: { key: Key; shown: Shown }): Act | null {
  const at = shape.polygon[corner];
  if (at === undefined) return null;
  const by = step(key, shown);
  if (by !== null) {
    const to: Point = [at[0] + by[0], at[1] + by[1]];
    return {
      act: "edit",
      edit: { do: "move-corner", shape: shape.id, corner, to },
      run: `keys ${shape.id} ${corner}`,
    };
  }
  if (isDelete(key)) return { act: "edit", edit: { do: "remove-corner", shape: shape.id, corner } };
  if (key.key === "Enter" || key.key === "Insert") {
    const middle = middleOf(at, after(shape.polygon, corner));
    return { act: "edit", edit: { do: "insert-corner", shape: shape.id, after: corner, at: middle } };
  }
  return key.key === "Escape" ? { act: "select", selection: { shape: shape.id, corner: null } } : null;
}

function isDelete({ key }: Key): boolean {
  return key === "Delete" || key === "Backspace";
}
