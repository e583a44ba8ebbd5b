/**
 * usePreview: what the draft would have done, asked anew when it changes and then rests.
 *
 * One question at a time: a newer one ends the older. The last answer stays until the next one is there; the first
 * one may take a minute, can be cancelled and asked again.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Preview } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { type Fault, toFault } from "../../../hal/fault.ts";
import type { Home } from "../../state/home.ts";
import { previewOf } from "../api.ts";
import { flawOf, motionOf } from "../draft.ts";

const restMs = 200;
export const weekMs = 7 * 86_400_000;

export interface Previewing {
  readonly preview: Preview | null;
  /** The draft that `preview` is of. */
  readonly of: Zones | null;
  /** Since when the next one is awaited; null = none is. */
  readonly sinceMonoMs: number | null;
  readonly fault: Fault | null;
  /** Whoever looks has cancelled the next one. */
  readonly cancelled: boolean;
  readonly span: { readonly fromWallMs: number; readonly toWallMs: number };
  readonly cancel: () => void;
  readonly again: () => void;
}

interface State {
  readonly preview: Preview | null;
  readonly of: Zones | null;
  readonly sinceMonoMs: number | null;
  readonly fault: Fault | null;
  readonly cancelled: boolean;
}

const nothingYet: State = { preview: null, of: null, sinceMonoMs: null, fault: null, cancelled: false };

/** `zones` null = not wanted now. */
export function usePreview(home: Home, zones: Zones | null): Previewing {
  const [state, setState] = useState<State>(nothingYet);
  const [round, setRound] = useState(0);
  const wanted = zones !== null && flawOf(zones) === null;
  const span = useMemo(() => spanOf(home.now()), [home, round, wanted]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    running.current = controller;
    const cancelRest = home.clock.after(state.of === null ? 0 : restMs, () => {
      setState((before) => ({
        ...before,
        sinceMonoMs: home.clock.monoMs(),
        fault: null,
        cancelled: false,
      }));
      previewOf({ zones, ...span }, controller.signal).then(
        (preview) => !controller.signal.aborted && setState({ ...nothingYet, preview, of: zones }),
        (error: unknown) =>
          !controller.signal.aborted &&
          setState((before) => ({ ...before, sinceMonoMs: null, fault: toFault(error) })),
      );
    });
    return () => {
      cancelRest();
      controller.abort();
      setState((before) => (before.sinceMonoMs === null ? before : { ...before, sinceMonoMs: null }));
    };
    // by value: the same for motion is the same question
  }, [home, wanted ? motionOf(zones) : null, span]);
  return {
    ...state,
    span,
    cancel() {
      running.current?.abort();
      setState((before) => ({ ...before, sinceMonoMs: null, cancelled: true }));
    },
    again: () => setRound((before) => before + 1),
  };
}

function spanOf(nowMs: number): Previewing["span"] {
  const toWallMs = Math.floor(nowMs);
  return { fromWallMs: Math.max(0, toWallMs - weekMs), toWallMs };
}

/** Does the preview speak of an older draft than the one at hand? */
export function isOlder({ of }: Pick<Previewing, "of">, zones: Zones): boolean {
  return of !== null && motionOf(of) !== motionOf(zones);
}
