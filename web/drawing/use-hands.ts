/**
 * useHands: pointer, wheel and keyboard events of the stage, given to the pure part.
 *
 * Owns the view and the gesture. The wheel zooms at the pointer. Focus follows the selection, so
 * that whoever taps a corner can go on with the arrow keys.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import type { Point } from "../../hal/geometry.ts";
import { useStore } from "../state/store.ts";
import { type Desk, drawingOf } from "./desk.ts";
import type { Editor } from "./editor.ts";
import { drawnAs, type Frame, seenAs } from "./frame.ts";
import { type Gesture, idle, type PointerStep } from "./gesture-state.ts";
import { gestureStep } from "./gesture.ts";
import { keyAct } from "./keys.ts";
import type { Picture } from "./picture.ts";
import { shapeOf } from "./shapes.ts";
import { snap } from "./snap.ts";
import { resize, reveal, scaleOf, type View, wholeView, zoomAt } from "./view.ts";

export interface HandsOptions {
  readonly editor: Editor;
  readonly picture: Picture;
  readonly frame: Frame;
  readonly snaps: boolean;
}

export interface Hands {
  /** Null until the stage has a size. */
  readonly view: View | null;
  /** Where a finger is at work, to be magnified; null for a mouse. */
  readonly under: Point | null;
  readonly zoom: (factor: number) => void;
  readonly whole: () => void;
  readonly onPointer: (event: PointerEvent) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** A corner snaps to what is this near on the screen. */
const snapReachPx = 10;

export function useHands(stage: RefObject<HTMLDivElement | null>, options: HandsOptions): Hands {
  const { editor, picture, frame, snaps } = options;
  const [view, setView] = useState<View | null>(null);
  const [under, setUnder] = useState<Point | null>(null);
  const now = useRef<{ view: View | null; gesture: Gesture; runs: number }>({ view, gesture: idle, runs: 0 });
  const show = useCallback((next: View) => {
    now.current.view = next;
    setView(next);
  }, []);

  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const measure = (): void => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      const old = now.current.view;
      const same = old?.picture.width === picture.size.width && old.picture.height === picture.size.height;
      show(old !== null && same ? { ...resize(old, size), frame } : wholeView(size, picture.size, frame));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [picture, frame, show]);

  useEffect(() => {
    const element = stage.current;
    const wheel = (event: WheelEvent): void => {
      if (now.current.view === null) return;
      event.preventDefault();
      show(zoomAt(now.current.view, placeOn(event), Math.exp(-event.deltaY / 300)));
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [show]);

  useFocus(stage, editor);

  return {
    view,
    under,
    zoom(factor) {
      const old = now.current.view;
      if (old !== null) show(zoomAt(old, [old.stage.width / 2, old.stage.height / 2], factor));
    },
    whole() {
      if (now.current.view !== null) show(wholeView(now.current.view.stage, picture.size, frame));
    },
    onPointer(event) {
      const old = now.current.view;
      const step = stepOf(event);
      if (old === null || step === null) return;
      if (step.type === "down") {
        event.preventDefault();
        stage.current?.setPointerCapture(event.pointerId);
        stage.current?.focus({ preventScroll: true });
        now.current.runs += 1;
      }
      const reachPx = snapReachPx / scaleOf(old);
      const outcome = gestureStep(now.current.gesture, step, {
        desk: editor.desk.get(),
        view: old,
        snap: (place) =>
          snaps ? drawnAs(frame, snap(seenAs(frame, place), picture.slopes(), reachPx)) : place,
        run: `drag ${now.current.runs}`,
      });
      now.current.gesture = outcome.gesture;
      for (const what of outcome.acts) editor.do(what);
      if (outcome.view !== old) show(outcome.view);
      setUnder(step.touch ? handledPlace(outcome.gesture, editor.desk.get()) : null);
    },
    onKey(event) {
      const key = { key: event.key, shift: event.shiftKey, command: event.ctrlKey || event.metaKey };
      const what = keyAct(editor.desk.get(), key, { picture: picture.size, frame });
      if (what === null) return;
      event.preventDefault();
      event.stopPropagation();
      editor.do(what);
      const place = selectedPlace(editor.desk.get());
      if (place !== null && now.current.view !== null) show(reveal(now.current.view, place));
    },
  };
}

const pointerTypes: Readonly<Record<string, PointerStep["type"]>> = {
  pointerdown: "down",
  pointermove: "move",
  pointerup: "up",
  pointercancel: "cancel",
};

function stepOf(event: PointerEvent): PointerStep | null {
  const type = pointerTypes[event.type];
  if (type === undefined || (type === "down" && event.button !== 0)) return null;
  return { type, pointer: event.pointerId, at: placeOn(event), touch: event.pointerType === "touch" };
}

function placeOn(event: MouseEvent): Point {
  const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null;
  return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
}

function handledPlace(gesture: Gesture, desk: Desk): Point | null {
  if (gesture.kind === "aim") return desk.draft?.cursor ?? null;
  if (gesture.kind !== "corner") return null;
  return shapeOf(drawingOf(desk), gesture.shape)?.polygon[gesture.corner] ?? null;
}

function selectedPlace(desk: Desk): Point | null {
  if (desk.draft !== null) return desk.draft.cursor;
  const { selection } = desk;
  if (selection === null || selection.corner === null) return null;
  return shapeOf(drawingOf(desk), selection.shape)?.polygon[selection.corner] ?? null;
}

/** What `data-focus` says of the element for a selection. */
export function focusName(shape: number, corner: number | null): string {
  return corner === null ? `${shape}` : `${shape}:${corner}`;
}

export const draftFocus = "draft";

function wantedFocus({ draft, selection }: Desk): string | null {
  if (draft !== null) return draftFocus;
  return selection === null ? null : focusName(selection.shape, selection.corner);
}

/** Only when the keyboard is on the stage already, or nowhere: never taken from another field. */
function useFocus(stage: RefObject<HTMLDivElement | null>, editor: Editor): void {
  useStore(editor.desk, wantedFocus);
  useLayoutEffect(() => {
    const [element, has] = [stage.current, document.activeElement];
    if (element === null || (has !== document.body && has !== null && !element.contains(has))) return;
    const wanted = wantedFocus(editor.desk.get()); // of now: the keyboard may have gone on since
    const target = wanted === null ? element : element.querySelector<SVGElement>(`[data-focus="${wanted}"]`);
    if (has !== document.body || wanted !== null) target?.focus({ preventScroll: true });
  });
}
