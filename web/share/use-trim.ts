/**
 * UseTrim: fingers, mouse and keys on the strip of a recording.
 *
 * A handle is dragged; a drag beside the handles draws a new span; a tap goes to that moment. The strip
 * keeps the page from scrolling sideways only.
 */
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import { between, moved, stepMs, type Edge, type Span } from "./span.ts";

/** Less is a tap. */
const drawPx = 6;

export interface Trim {
  readonly strip: RefObject<HTMLDivElement | null>;
  readonly lengthMs: number;
  readonly bounds: Span;
  readonly span: Span | null;
  readonly onSpan: (span: Span) => void;
  /** Show the picture of this time. */
  readonly onSeek: (atMs: number) => void;
}

type Hold = { readonly edge: Edge } | { readonly fromPx: number; readonly fromMs: number; drawing: boolean };

export function useTrim({ strip, lengthMs, bounds, span, onSpan, onSeek }: Trim) {
  const hold = useRef<Hold | null>(null);
  const timeAt = (clientX: number): number => {
    const box = strip.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * lengthMs;
  };
  const show = (edge: Edge, next: Span): void => onSeek(edge === "from" ? next.fromMs : next.toMs - 100);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const edge = edgeOf(event.target);
    const fromMs = timeAt(event.clientX);
    hold.current = edge === null ? { fromPx: event.clientX, fromMs, drawing: false } : { edge };
    strip.current?.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const held = hold.current;
    if (held === null) return;
    const atMs = timeAt(event.clientX);
    if ("edge" in held) {
      if (span !== null) change(held.edge, atMs);
      return;
    }
    held.drawing ||= Math.abs(event.clientX - held.fromPx) > drawPx;
    if (!held.drawing) return;
    const drawn = between(held.fromMs, atMs, bounds);
    onSpan(drawn);
    show(atMs < held.fromMs ? "from" : "to", drawn);
  };
  const onPointerUp = (event: PointerEvent): void => {
    const held = hold.current;
    hold.current = null;
    if (held !== null && !("edge" in held) && !held.drawing) onSeek(timeAt(event.clientX));
  };
  const onPointerCancel = (): void => {
    hold.current = null;
  };
  const change = (edge: Edge, toMs: number): void => {
    if (span === null) return;
    const next = moved(span, { edge, toMs }, bounds);
    onSpan(next);
    show(edge, next);
  };
  const onHandleKey = (edge: Edge, event: KeyboardEvent): void => {
    const at = span === null ? 0 : span[edge === "from" ? "fromMs" : "toMs"];
    const to = keyTarget(event.key, at, bounds);
    if (to === null) return;
    event.preventDefault();
    change(edge, to);
  };
  return { strip: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel }, onHandleKey };
}

/** Arrows move by a second, Page Up and Down by ten, Home and End all the way. */
export function keyTarget(key: string, atMs: number, bounds: Span): number | null {
  const seconds: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
  };
  if (key === "Home") return bounds.fromMs;
  if (key === "End") return bounds.toMs;
  const step = seconds[key];
  return step === undefined ? null : atMs + step * stepMs;
}

function edgeOf(target: EventTarget | null): Edge | null {
  const edge =
    target instanceof HTMLElement ? target.closest<HTMLElement>("[data-edge]")?.dataset["edge"] : null;
  return edge === "from" || edge === "to" ? edge : null;
}
