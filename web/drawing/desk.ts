/**
 * Desk: the editor's whole state, and what each act of the person at it does.
 *
 * Pure: pointer, touch and keyboard all end here. A draft is a shape that is being drawn corner by
 * corner and is not yet closed; undo takes back its last corner first.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { applyEdit, type Edit, settle } from "./edits.ts";
import { advance, cancelRun, endRun, type History, redo, startHistory, undo } from "./history.ts";
import { type Drawing, type Motion, type Role, type Selection, shapeOf } from "./shapes.ts";

export interface Draft {
  readonly role: Role;
  readonly motion: Motion | null;
  readonly corners: Polygon;
  /** Where the next corner would go. */
  readonly cursor: Point;
}

export interface Desk {
  readonly history: History;
  readonly selection: Selection | null;
  readonly draft: Draft | null;
}

export type Act =
  | { readonly act: "edit"; readonly edit: Edit; readonly run?: string }
  | { readonly act: "end-run" }
  | { readonly act: "cancel-run"; readonly run: string }
  | { readonly act: "undo" }
  | { readonly act: "redo" }
  | { readonly act: "select"; readonly selection: Selection | null }
  | { readonly act: "draft"; readonly role: Role; readonly motion: Motion | null }
  | { readonly act: "cursor"; readonly to: Point }
  /** Sets a corner of the draft; on its first corner it closes. */
  | { readonly act: "corner"; readonly at: Point }
  | { readonly act: "close-draft" }
  | { readonly act: "drop-draft" }
  /** Another drawing altogether; what was there can be had back by undo. */
  | { readonly act: "replace"; readonly drawing: Drawing };

export function openDesk(drawing: Drawing): Desk {
  return { history: startHistory(drawing), selection: null, draft: null };
}

export const drawingOf = (desk: Desk): Drawing => desk.history.now;
export const canUndo = ({ draft, history }: Desk): boolean => draft !== null || history.past.length > 0;
export const canRedo = ({ draft, history }: Desk): boolean => draft === null && history.future.length > 0;
export const canClose = (desk: Desk): boolean => (desk.draft?.corners.length ?? 0) >= 3;

export function act(desk: Desk, what: Act): Desk {
  switch (what.act) {
    case "edit":
      return edited(desk, what.edit, what.run ?? null);
    case "end-run":
      return { ...desk, history: endRun(desk.history) };
    case "cancel-run":
      return settled({ ...desk, history: cancelRun(desk.history, what.run) });
    case "undo":
      return desk.draft === null
        ? settled({ ...desk, history: undo(desk.history) })
        : shorter(desk, desk.draft);
    case "redo":
      return desk.draft === null ? settled({ ...desk, history: redo(desk.history) }) : desk;
    case "select":
      if (isSame(desk.selection, what.selection)) return desk;
      return settled({ ...desk, selection: what.selection, history: endRun(desk.history) });
    case "draft": {
      const { role, motion } = what;
      return { ...desk, selection: null, draft: { role, motion, corners: [], cursor: [0.5, 0.5] } };
    }
    case "cursor":
      if (desk.draft === null) return desk;
      return { ...desk, draft: { ...desk.draft, cursor: settle(what.to) ?? desk.draft.cursor } };
    case "corner":
      return desk.draft === null ? desk : longer(desk, desk.draft, settle(what.at));
    case "close-draft":
      return desk.draft === null ? desk : closed(desk, desk.draft);
    case "drop-draft":
      return { ...desk, draft: null };
    case "replace":
      return settled({ ...desk, draft: null, history: advance(desk.history, what.drawing) });
  }
}

function edited(desk: Desk, edit: Edit, run: string | null): Desk {
  const history = advance(desk.history, applyEdit(desk.history.now, edit), run);
  if (history === desk.history) return desk;
  return settled({ ...desk, history, selection: selectionAfter(desk, edit, history.now) });
}

/** What is selected once an edit is done: the new corner, the new shape, the neighbour of what went. */
function selectionAfter(desk: Desk, edit: Edit, now: Drawing): Selection | null {
  switch (edit.do) {
    case "insert-corner":
      return { shape: edit.shape, corner: edit.after + 1 };
    case "remove-corner": {
      const left = shapeOf(now, edit.shape)?.polygon.length ?? 1;
      return { shape: edit.shape, corner: edit.corner % left };
    }
    case "add-shape":
      return { shape: now.shapes.at(-1)?.id ?? 0, corner: null };
    case "remove-shape":
      return null;
    case "move-corner":
      return { shape: edit.shape, corner: edit.corner };
    case "move-shape":
    case "describe":
      return desk.selection;
  }
}

function isSame(a: Selection | null, b: Selection | null): boolean {
  return a?.shape === b?.shape && a?.corner === b?.corner;
}

/** A selection never names what is not there. */
function settled(desk: Desk): Desk {
  const { selection } = desk;
  if (selection === null) return desk;
  const shape = shapeOf(desk.history.now, selection.shape);
  if (shape === null) return { ...desk, selection: null };
  const gone = selection.corner !== null && shape.polygon[selection.corner] === undefined;
  return gone ? { ...desk, selection: { ...selection, corner: null } } : desk;
}

function shorter(desk: Desk, draft: Draft): Desk {
  if (draft.corners.length === 0) return { ...desk, draft: null };
  return { ...desk, draft: { ...draft, corners: draft.corners.slice(0, -1) } };
}

function longer(desk: Desk, draft: Draft, at: Point | null): Desk {
  if (at === null) return desk;
  const isAt = (corner: Point | undefined): boolean => corner?.[0] === at[0] && corner[1] === at[1];
  if (isAt(draft.corners[0])) return closed(desk, draft);
  if (isAt(draft.corners.at(-1))) return desk;
  return { ...desk, draft: { ...draft, corners: [...draft.corners, at], cursor: at } };
}

function closed(desk: Desk, draft: Draft): Desk {
  if (draft.corners.length < 3) return desk;
  const { role, motion, corners } = draft;
  return edited({ ...desk, draft: null }, { do: "add-shape", role, motion, polygon: corners }, null);
}
