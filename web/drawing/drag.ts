/**
 * Drag: a pointer that moves while it is down: a press becomes a drag of what it was on.
 *
 * A dragged corner keeps its distance to the finger; a dragged shape is counted from where it was as
 * the drag began, so that the picture's border on the way loses nothing.
 */
import type { Point } from "../../hal/geometry.ts";
import { type Act, drawingOf } from "./desk.ts";
import type { Finger, Gesture, Outcome, PointerStep, Scene } from "./gesture-state.ts";
import { shapeOf } from "./shapes.ts";
import { pan, toPicture, toStage, type View, zoomAt } from "./view.ts";

/** Trembling is no drag. */
const slopPx = { touch: 8, mouse: 3 };

export function aimed({ view, snap }: Scene, at: Point): Act {
  return { act: "cursor", to: snap(toPicture(view, at)) };
}

export function move(gesture: Gesture, step: PointerStep, scene: Scene): Outcome {
  const finger = { pointer: step.pointer, at: step.at };
  const { view } = scene;
  switch (gesture.kind) {
    case "idle":
      return { gesture, acts: [], view };
    case "press": {
      const far = Math.hypot(step.at[0] - gesture.finger.at[0], step.at[1] - gesture.finger.at[1]);
      if (far < (step.touch ? slopPx.touch : slopPx.mouse)) return { gesture, acts: [], view };
      const begun = begin(gesture, scene);
      const first = move(begun.gesture, step, scene);
      return { ...first, acts: [...begun.acts, ...first.acts] };
    }
    case "corner": {
      const to = scene.snap(toPicture(view, [step.at[0] + gesture.grab[0], step.at[1] + gesture.grab[1]]));
      const { shape, corner, run } = gesture;
      return {
        gesture: { ...gesture, finger },
        acts: [{ act: "edit", edit: { do: "move-corner", shape, corner, to }, run }],
        view,
      };
    }
    case "shape":
      return { gesture: { ...gesture, finger }, acts: shapeMoved(gesture, step.at, scene), view };
    case "aim":
      return { gesture: { kind: "aim", finger }, acts: [aimed(scene, step.at)], view };
    case "pan": {
      const by: Point = [step.at[0] - gesture.finger.at[0], step.at[1] - gesture.finger.at[1]];
      return { gesture: { kind: "pan", finger }, acts: [], view: pan(view, by) };
    }
    case "pinch":
      return pinched(gesture.fingers, finger, view);
  }
}

/** A press becomes a drag: of what it was on. */
function begin({ finger, hit }: Gesture & { kind: "press" }, { desk, view, run }: Scene): Outcome {
  const at = (place: Point): Point => {
    const [x, y] = toStage(view, place);
    return [x - finger.at[0], y - finger.at[1]];
  };
  const shape = hit === null ? null : shapeOf(drawingOf(desk), hit.shape);
  if (hit === null || shape === null || hit.on === "shape") {
    return { gesture: { kind: "pan", finger }, acts: [], view };
  }
  if (hit.on === "handle") {
    const from = { finger: toPicture(view, finger.at), first: shape.polygon[0] ?? [0, 0] };
    return { gesture: { kind: "shape", finger, from, run, shape: shape.id }, acts: [], view };
  }
  const drag = { kind: "corner", finger, run, shape: shape.id } as const;
  if (hit.on === "corner") {
    const place = shape.polygon[hit.corner] ?? [0, 0];
    return { gesture: { ...drag, corner: hit.corner, grab: at(place) }, acts: [], view };
  }
  const insert = { do: "insert-corner", shape: shape.id, after: hit.corner, at: hit.at } as const;
  return {
    gesture: { ...drag, corner: hit.corner + 1, grab: at(hit.at) },
    acts: [{ act: "edit", edit: insert, run }],
    view,
  };
}

/** From where it was as the drag began, so that a border on the way loses nothing. */
function shapeMoved(
  { shape, from, run }: Gesture & { kind: "shape" },
  at: Point,
  { desk, view }: Scene,
): Act[] {
  const now = shapeOf(drawingOf(desk), shape)?.polygon[0];
  if (now === undefined) return [];
  const [x, y] = toPicture(view, at);
  const by: Point = [
    from.first[0] + x - from.finger[0] - now[0],
    from.first[1] + y - from.finger[1] - now[1],
  ];
  return [{ act: "edit", edit: { do: "move-shape", shape, by }, run }];
}

function pinched(fingers: readonly [Finger, Finger], moved: Finger, view: View): Outcome {
  const [a, b] = fingers;
  const next: [Finger, Finger] = a.pointer === moved.pointer ? [moved, b] : [a, moved];
  const [before, now] = [spanOf(a, b), spanOf(...next)];
  const by: Point = [now.middle[0] - before.middle[0], now.middle[1] - before.middle[1]];
  const zoomed = zoomAt(pan(view, by), now.middle, now.length / before.length);
  return { gesture: { kind: "pinch", fingers: next }, acts: [], view: zoomed };
}

function spanOf(a: Finger, b: Finger): { middle: Point; length: number } {
  return {
    middle: [(a.at[0] + b.at[0]) / 2, (a.at[1] + b.at[1]) / 2],
    length: Math.max(1, Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])),
  };
}
