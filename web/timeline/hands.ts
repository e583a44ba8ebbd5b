/**
 * Hands: fingers, mouse and wheel on the band. Pure: pointers in, a view out.
 *
 * One pointer drags time under the playhead; two pinch. What hardly moved is a tap, and time goes there. The wheel
 * zooms; sideways, or with Shift, it moves.
 */
import { timeOf, zoomed, type View } from "./view.ts";

const tapPx = 6;

export interface Pointer {
  readonly id: number;
  readonly px: number;
}

export interface Hands {
  readonly pointers: readonly Pointer[];
  /** How far the first went altogether, until it counts as a drag. */
  readonly wentPx: number;
}

export const noHands: Hands = { pointers: [], wentPx: 0 };

export function pressed({ pointers, wentPx }: Hands, pointer: Pointer): Hands {
  if (pointers.length >= 2 || pointers.some(({ id }) => id === pointer.id)) return { pointers, wentPx };
  return { pointers: [...pointers, pointer], wentPx: pointers.length === 0 ? 0 : Infinity };
}

export interface Moved {
  readonly hands: Hands;
  readonly view: View;
}

/** Infinity of the way marks what can no longer be a tap. */
export function moved(
  hands: Hands,
  pointer: Pointer,
  { view, widthPx }: { view: View; widthPx: number },
): Moved {
  const before = hands.pointers.find(({ id }) => id === pointer.id);
  if (before === undefined || before.px === pointer.px) return { hands, view };
  const pointers = hands.pointers.map((each) => (each.id === pointer.id ? pointer : each));
  const wentPx = hands.wentPx + Math.abs(pointer.px - before.px);
  const next = { pointers, wentPx };
  const [first, second] = hands.pointers;
  const other = first?.id === pointer.id ? second : first;
  if (other !== undefined) {
    const factor = Math.max(1, Math.abs(before.px - other.px)) / Math.max(1, Math.abs(pointer.px - other.px));
    return { hands: next, view: zoomed(view, factor) };
  }
  if (wentPx < tapPx) return { hands: next, view };
  // what was held back while it could be a tap is made up for
  const pull = hands.wentPx < tapPx ? Math.sign(pointer.px - before.px) * wentPx : pointer.px - before.px;
  return { hands: next, view: { ...view, atMs: view.atMs - (pull / widthPx) * view.spanMs } };
}

export interface Released {
  readonly hands: Hands;
  /** Where time is to go; null = it was no tap. */
  readonly tapMs: number | null;
}

export function released(
  hands: Hands,
  pointer: Pointer,
  { view, widthPx }: { view: View; widthPx: number },
): Released {
  const was = hands.pointers.some(({ id }) => id === pointer.id);
  const pointers = hands.pointers.filter(({ id }) => id !== pointer.id);
  const isTap = was && pointers.length === 0 && hands.wentPx < tapPx;
  return {
    hands: { pointers, wentPx: pointers.length === 0 ? 0 : Infinity },
    tapMs: isTap ? timeOf(view, widthPx, pointer.px) : null,
  };
}

type Wheel = Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode" | "shiftKey">;
const linePx = 16;

export function wheeled(view: View, { deltaX, deltaY, deltaMode, shiftKey }: Wheel, widthPx: number): View {
  const unit = deltaMode === 0 ? 1 : deltaMode === 1 ? linePx : widthPx;
  const isSideways = shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
  if (isSideways) {
    const px = (deltaX === 0 ? deltaY : deltaX) * unit;
    return { ...view, atMs: view.atMs + (px / widthPx) * view.spanMs };
  }
  return zoomed(view, Math.exp(Math.max(-1, Math.min(1, (deltaY * unit) / 400))));
}
