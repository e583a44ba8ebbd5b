/**
 * Words of the editor that two pages share, in English; part of words.ts.
 */
export const drawingWords = {
  tools: "Drawing tools",
  undo: "Undo (Ctrl+Z)",
  redo: "Redo (Shift+Ctrl+Z)",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wholePicture: "Show the whole picture",
  snap: "Corners snap to edges in the picture",
  lines: "What is drawn",
  line: "Property line",
  hidden: (place: number) => `Privacy zone ${place}`,
  counted: (place: number) => `Motion zone ${place}`,
  corner: (corner: number, all: number, name: string) => `Corner ${corner} of ${all}, ${name}`,
  place: (left: string, top: string) => `${left} from the left, ${top} from the top`,
  moveWhole: (name: string) => `Move all of it: ${name}`,
  addCorner: "Add a corner",
  removeCorner: "Remove it",
  removeShape: (name: string) => `Remove: ${name}`,
  nothingDrawn: "Nothing is drawn yet.",
  nothingInHand: "Tap a corner to move it, or an edge to add one.",
  shapeInHand: (name: string) =>
    `${name}: drag a corner, tap an edge for a new one, or drag the cross to move it.`,
  draftFirst: "Tap where the first corner goes.",
  draftNext: "Tap where the next corner goes.",
  draftClose: "Tap the next corner. Tap the first one again to finish.",
  cross: (corners: number) =>
    `${corners} corners so far. Arrow keys move the cross, Enter sets a corner, C finishes, Escape stops.`,
  close: "Finish",
  cancel: "Cancel",
  keys: "Keyboard: Tab goes from corner to corner, arrows move one by a pixel (with Shift by ten), Enter adds one, Delete removes it. Two fingers or the wheel zoom.",
  flaws: {
    tooFew: (name: string) => `${name} needs at least three corners.`,
    tooMany: (name: string) => `${name} has too many corners.`,
    outside: (name: string, corner: number) => `${name}: corner ${corner} is outside the picture.`,
    twin: (name: string, corner: number) =>
      `${name}: corner ${corner} lies exactly on the next one. Move one of them.`,
    crossing: (name: string) =>
      `${name}: two of its edges cross or touch, shown in red. Nobody could say what is inside.`,
    noArea: (name: string) => `${name} encloses nothing.`,
  },
};
