/**
 * Gesture: fingers and mouse on the stage, as acts on the desk and moves of the view.
 *
 * Pure: one pointer event in, the next state and what follows from it out. A press that does not
 * move is a tap. On a corner a tap selects and a drag moves; on an edge both make a new corner; on a
 * shape's handle a drag moves all of it; elsewhere a drag pans. Two fingers zoom and pan, and end
 * whatever one finger had begun as if it had never happened. While a shape is being drawn one
 * pointer aims and its release sets the corner.
 */
import type { Point } from "../../hal/geometry.ts";
import { type Act, canClose, type Desk, drawingOf } from "./desk.ts";
import { type Hit, hit, mouseReachPx, touchReachPx } from "./hit.ts";
import { shapeOf } from "./shapes.ts";
import { pan, toPicture, toStage, type View, zoomAt } from "./view.ts";

export interface PointerStep {
  readonly type: "down" | "move" | "up" | "cancel";
  readonly pointer: number;
  /** On the stage, CSS pixels. */
  readonly at: Point;
  readonly touch: boolean;
}

interface Finger {
  readonly pointer: number;
  readonly at: Point;
}

export type Gesture =
  | { readonly kind: "idle" }
  | { readonly kind: "press"; readonly finger: Finger; readonly hit: Hit | null }
  /** `grab`: from the finger to the corner, CSS pixels, so that it does not jump under it. */
  | {
      readonly kind: "corner";
      readonly finger: Finger;
      readonly grab: Point;
      readonly run: string;
      readonly shape: number;
      readonly corner: number;
    }
  /** `from`: finger and first corner as the drag began, fractions. */
  | {
      readonly kind: "shape";
      readonly finger: Finger;
      readonly from: { readonly finger: Point; readonly first: Point };
      readonly run: string;
      readonly shape: number;
    }
  | { readonly kind: "aim"; readonly finger: Finger }
  | { readonly kind: "pan"; readonly finger: Finger }
  | { readonly kind: "pinch"; readonly fingers: readonly [Finger, Finger] };

export interface Scene {
  readonly desk: Desk;
  readonly view: View;
  /** Where a corner goes that is dropped here. */
  readonly snap: (place: Point) => Point;
  /** Names one drag; another one each time. */
  readonly run: string;
}

export interface Outcome {
  readonly gesture: Gesture;
  readonly acts: readonly Act[];
  readonly view: View;
}

export const idle: Gesture = { kind: "idle" };
/** Trembling is no drag. */
const slopPx = { touch: 8, mouse: 3 };

export function gestureStep(gesture: Gesture, step: PointerStep, scene: Scene): Outcome {
  const stay = { gesture, acts: [], view: scene.view };
  switch (step.type) {
    case "down":
      return down(gesture, step, scene);
    case "move":
      return isOurs(gesture, step) ? move(gesture, step, scene) : hover(stay, step, scene);
    case "up":
      return isOurs(gesture, step) ? up(gesture, step, scene) : stay;
    case "cancel":
      return isOurs(gesture, step) ? { ...stay, gesture: idle, acts: givenUp(gesture) } : stay;
  }
}

function isOurs(gesture: Gesture, { pointer }: PointerStep): boolean {
  if (gesture.kind === "idle") return false;
  if (gesture.kind === "pinch") return gesture.fingers.some((finger) => finger.pointer === pointer);
  return gesture.finger.pointer === pointer;
}

function hover(stay: Outcome, { at, touch }: PointerStep, { desk, view }: Scene): Outcome {
  if (touch || desk.draft === null || stay.gesture.kind !== "idle") return stay;
  return { ...stay, acts: [{ act: "cursor", to: toPicture(view, at) }] };
}

function down(gesture: Gesture, { pointer, at, touch }: PointerStep, scene: Scene): Outcome {
  const { desk, view } = scene;
  const finger = { pointer, at };
  if (gesture.kind === "pinch") return { gesture, acts: [], view };
  if (gesture.kind !== "idle") {
    return { gesture: { kind: "pinch", fingers: [gesture.finger, finger] }, acts: givenUp(gesture), view };
  }
  if (desk.draft !== null) {
    return { gesture: { kind: "aim", finger }, acts: [aimed(scene, at)], view };
  }
  const where = { view, at, reachPx: touch ? touchReachPx : mouseReachPx };
  const found = hit(drawingOf(desk), desk.selection?.shape ?? null, where);
  return { gesture: { kind: "press", finger, hit: found }, acts: [], view };
}

function aimed({ view, snap }: Scene, at: Point): Act {
  return { act: "cursor", to: snap(toPicture(view, at)) };
}

function move(gesture: Gesture, step: PointerStep, scene: Scene): Outcome {
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

function up(gesture: Gesture, step: PointerStep, scene: Scene): Outcome {
  const { view } = scene;
  switch (gesture.kind) {
    case "press":
      return { gesture: idle, acts: tapped(gesture.hit), view };
    case "aim":
      return { gesture: idle, acts: released(step, scene), view };
    case "pinch": {
      const left = gesture.fingers.find(({ pointer }) => pointer !== step.pointer);
      return { gesture: left === undefined ? idle : { kind: "pan", finger: left }, acts: [], view };
    }
    case "corner":
    case "shape":
      return { gesture: idle, acts: [{ act: "end-run" }], view };
    case "idle":
    case "pan":
      return { gesture: idle, acts: [], view };
  }
}

function tapped(hit: Hit | null): Act[] {
  if (hit === null) return [{ act: "select", selection: null }];
  const { shape } = hit;
  switch (hit.on) {
    case "corner":
      return [{ act: "select", selection: { shape, corner: hit.corner } }];
    case "edge":
      return [{ act: "edit", edit: { do: "insert-corner", shape, after: hit.corner, at: hit.at } }];
    case "handle":
    case "shape":
      return [{ act: "select", selection: { shape, corner: null } }];
  }
}

/** On the first corner it closes the shape. */
function released({ at, touch }: PointerStep, { desk, view, snap }: Scene): Act[] {
  const first = desk.draft?.corners[0];
  if (first !== undefined && canClose(desk)) {
    const [x, y] = toStage(view, first);
    const reachPx = touch ? touchReachPx : mouseReachPx;
    if (Math.hypot(x - at[0], y - at[1]) <= reachPx) return [{ act: "close-draft" }];
  }
  return [{ act: "corner", at: snap(toPicture(view, at)) }];
}

/** What one finger had begun is taken back. */
function givenUp(gesture: Gesture): Act[] {
  return gesture.kind === "corner" || gesture.kind === "shape"
    ? [{ act: "cancel-run", run: gesture.run }]
    : [];
}
