/**
 * UseView: the plan's view on its element: its size, and what hands, wheel and keys do to it.
 *
 * Dragging pans, two fingers or Ctrl and the wheel zoom, arrow keys pan, + and - zoom, 0 shows everything.
 * The plain wheel scrolls the page. Fits again when `points` change until a hand took over.
 */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Point } from "./projection.ts";
import { fitted, panned, zoomed, type Size, type View } from "./view.ts";

const zoomStep = 1.5;
const panStepPx = 60;
const dragStartsPx = 4;

export interface ViewInUse {
  readonly view: View;
  readonly size: Size;
  readonly zoom: (nearer: boolean) => void;
  readonly fit: () => void;
  readonly onKeyDown: (key: KeyboardEvent) => void;
  readonly onPointerDown: (pointer: PointerEvent) => void;
  /** True while or just after a drag: the click that ends it is none. */
  readonly dragged: () => boolean;
}

export function useView(root: RefObject<SVGSVGElement | null>, points: readonly Point[]): ViewInUse {
  const size = useSize(root);
  const [own, setOwn] = useState<View | null>(null);
  const fitting = useMemo(() => fitted(points, size), [points, size]);
  const view = own ?? fitting;
  const now = useRef({ view, size });
  now.current = { view, size };
  const moved = useRef(false);

  const middle = (): Point => ({ x: now.current.size.widthPx / 2, y: now.current.size.heightPx / 2 });
  const change = (next: (view: View, size: Size) => View): void => {
    // several events may come before the next rendering
    now.current.view = next(now.current.view, now.current.size);
    setOwn(now.current.view);
  };
  const zoom = (nearer: boolean): void =>
    change((before, at) => zoomed(before, at, { factor: nearer ? 1 / zoomStep : zoomStep, at: middle() }));

  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const onWheel = (wheel: WheelEvent): void => {
      if (!wheel.ctrlKey && !wheel.metaKey) return;
      wheel.preventDefault();
      const at = placeIn(element, wheel);
      change((before, within) => zoomed(before, within, { factor: Math.exp(wheel.deltaY / 240), at }));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  const onKeyDown = (key: KeyboardEvent): void => {
    const steps: Readonly<Record<string, Point>> = {
      ArrowLeft: { x: -panStepPx, y: 0 },
      ArrowRight: { x: panStepPx, y: 0 },
      ArrowUp: { x: 0, y: -panStepPx },
      ArrowDown: { x: 0, y: panStepPx },
    };
    const step = steps[key.key];
    if (step !== undefined) change((before) => panned(before, step));
    else if (key.key === "+" || key.key === "=") zoom(true);
    else if (key.key === "-") zoom(false);
    else if (key.key === "0") setOwn(null);
    else return;
    key.preventDefault();
  };

  const hands = useRef(new Map<number, Point>());
  const onPointerDown = (pointer: PointerEvent): void => {
    const element = root.current;
    if (element === null || pointer.button !== 0) return;
    moved.current = false;
    hands.current.set(pointer.pointerId, placeIn(element, pointer));
    if (hands.current.size > 1) return;
    const abort = new AbortController();
    const onMove = (move: PointerEvent): void => {
      const before = hands.current.get(move.pointerId);
      if (before === undefined) return;
      const at = placeIn(element, move);
      const far = Math.hypot(at.x - before.x, at.y - before.y);
      if (!moved.current && far < dragStartsPx) return;
      moved.current = true;
      const other = [...hands.current].find(([id]) => id !== move.pointerId)?.[1];
      hands.current.set(move.pointerId, at);
      if (other === undefined) {
        change((view2) => panned(view2, { x: before.x - at.x, y: before.y - at.y }));
        return;
      }
      const factor =
        Math.hypot(before.x - other.x, before.y - other.y) /
        Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
      change((view2, within) => zoomed(view2, within, { factor, at: other }));
    };
    const onUp = (up: PointerEvent): void => {
      hands.current.delete(up.pointerId);
      if (hands.current.size === 0) abort.abort();
    };
    addEventListener("pointermove", onMove, { signal: abort.signal });
    addEventListener("pointerup", onUp, { signal: abort.signal });
    addEventListener("pointercancel", onUp, { signal: abort.signal });
  };

  return {
    view,
    size,
    zoom,
    fit: () => setOwn(null),
    onKeyDown,
    onPointerDown,
    dragged: () => moved.current,
  };
}

/** In pixels from the element's corner. */
export function placeIn(element: Element, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function useSize(root: RefObject<SVGSVGElement | null>): Size {
  const [size, setSize] = useState<Size>({ widthPx: 640, heightPx: 420 });
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      if (width > 0 && height > 0) setSize({ widthPx: width, heightPx: height });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return size;
}
