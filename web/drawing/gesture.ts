/**
 * Gesture: fingers and mouse on the stage, as acts on the desk and moves of the view.
 *
 * Pure: one pointer event in, the next state and what follows from it out. A press that does not
 * move is a tap. On a corner a tap selects and a drag moves; on an edge both make a new corner; on a
 * shape's handle a drag moves all of it; elsewhere a drag pans. Two fingers zoom and pan, and end
 * whatever one finger had begun as if it had never happened. While a shape is being drawn one
 * pointer aims and its release sets the corner.
 */
import { type Act, canClose, drawingOf } from "./desk.ts";
import { aimed, move } from "./drag.ts";
import { type Gesture, idle, type Outcome, type PointerStep, type Scene } from "./gesture-state.ts";
import { type Hit, hit, mouseReachPx, touchReachPx } from "./hit.ts";
import { toPicture, toStage } from "./view.ts";

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
