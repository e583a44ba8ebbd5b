/**
 * Span: which seconds of a recording its owner has chosen.
 *
 * Whole seconds from the recording's start, at least one, inside `bounds`: the recording, or of it what
 * lies in the window that was asked for. Nothing is chosen until somebody does. Pure.
 */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export type Edge = "from" | "to";

export const stepMs = 1_000;
/** What one press of "Start here" chooses at first. */
const firstMs = 5_000;

/** "Start here": the end stays if it lies behind. */
export function startAt(span: Span | null, atMs: number, bounds: Span): Span {
  const fromMs = within(floor(atMs), { fromMs: bounds.fromMs, toMs: latestStart(bounds) });
  const keeps = span !== null && span.toMs >= fromMs + stepMs;
  return { fromMs, toMs: keeps ? span.toMs : Math.min(fromMs + firstMs, bounds.toMs) };
}

/** "End here": the start stays if it lies before. */
export function endAt(span: Span | null, atMs: number, bounds: Span): Span {
  const toMs = within(ceil(atMs), { fromMs: earliestEnd(bounds), toMs: bounds.toMs });
  const keeps = span !== null && span.fromMs <= toMs - stepMs;
  return { fromMs: keeps ? span.fromMs : Math.max(toMs - firstMs, bounds.fromMs), toMs };
}

/** One edge, dragged or moved by a key; it stops a second before the other. */
export function moved(span: Span, { edge, toMs }: { edge: Edge; toMs: number }, bounds: Span): Span {
  const at = Math.round(toMs / stepMs) * stepMs;
  if (edge === "from") {
    const latest = Math.max(bounds.fromMs, Math.min(span.toMs - stepMs, latestStart(bounds)));
    return { ...span, fromMs: within(at, { fromMs: bounds.fromMs, toMs: latest }) };
  }
  const earliest = Math.min(bounds.toMs, Math.max(span.fromMs + stepMs, earliestEnd(bounds)));
  return { ...span, toMs: within(at, { fromMs: earliest, toMs: bounds.toMs }) };
}

/** From one place to another, as a finger draws it. */
export function between(aMs: number, bMs: number, bounds: Span): Span {
  const from = startAt(null, Math.min(aMs, bMs), bounds);
  return moved(from, { edge: "to", toMs: Math.max(aMs, bMs) }, bounds);
}

/** The part of a recording that lies in a window; null = none of it does. */
export function boundsOf(
  clip: { readonly startWallMs: number; readonly lengthMs: number },
  window: { readonly from: number; readonly to: number } | null,
): Span | null {
  const fromMs = Math.max(0, (window?.from ?? clip.startWallMs) - clip.startWallMs);
  const toMs = Math.min(clip.lengthMs, (window?.to ?? Infinity) - clip.startWallMs);
  return toMs > fromMs ? { fromMs, toMs } : null;
}

export function lengthOf({ fromMs, toMs }: Span): number {
  return toMs - fromMs;
}

const floor = (ms: number): number => Math.floor(ms / stepMs) * stepMs;
const ceil = (ms: number): number => Math.ceil(ms / stepMs) * stepMs;
const latestStart = ({ fromMs, toMs }: Span): number => Math.max(fromMs, toMs - stepMs);
const earliestEnd = ({ fromMs, toMs }: Span): number => Math.min(toMs, fromMs + stepMs);

function within(ms: number, { fromMs, toMs }: Span): number {
  return Math.max(fromMs, Math.min(toMs, ms));
}
