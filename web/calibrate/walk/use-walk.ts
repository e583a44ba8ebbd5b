/**
 * useWalk: a walk test from the countdown to its report: time, heat, tones, and what the doorbell makes of it.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Walk } from "../../../daemon/wire/api-calibration.ts";
import { type Fault, toFault } from "../../../hal/fault.ts";
import type { Home } from "../../state/home.ts";
import { postWalk } from "../api.ts";
import type { HeatWatch } from "../heat/heat-watch.ts";
import { countdownMs, heard, longestMs, noted, passed, startWalk, type Walking } from "./walk.ts";
import { openWalkTone, type WalkTone } from "./walk-tone.ts";

export type WalkState =
  | { readonly phase: "idle" }
  | { readonly phase: "countdown"; readonly leftS: number }
  | { readonly phase: "walking"; readonly walk: Walking; readonly lengthMs: number }
  | { readonly phase: "sending"; readonly walk: Walking }
  | { readonly phase: "failed"; readonly walk: Walking; readonly fault: Fault }
  | { readonly phase: "over"; readonly result: Walk };

export interface WalkDesk {
  readonly state: WalkState;
  readonly start: (name: string) => void;
  readonly note: (text: string) => void;
  /** Ends the walk and has it counted; before it began, ends the countdown. */
  readonly stop: () => void;
  /** Sends again what could not be sent. */
  readonly again: () => void;
  /** Back to the beginning; a walk that was not sent is lost. */
  readonly leave: () => void;
}

const tickMs = 200;
/** The journal of the doorbell is written a moment behind the picture. */
const settleMs = 1_500;

export function useWalk(home: Home, watch: HeatWatch, onSaved: () => void): WalkDesk {
  const [state, setState] = useState<WalkState>({ phase: "idle" });
  const tone = useRef<WalkTone | null>(null);
  const name = useRef("");
  const over = useRef<{ readonly walk: Walking; readonly toWallMs: number } | null>(null);

  const send = (walk: Walking, toWallMs: number): void => {
    over.current = { walk, toWallMs };
    setState({ phase: "sending", walk });
    const body = { name: name.current, fromWallMs: walk.fromWallMs, toWallMs, notes: [...walk.notes] };
    home.clock.after(settleMs, () => {
      postWalk(body).then(
        (result) => {
          setState({ phase: "over", result });
          onSaved();
        },
        (error: unknown) => setState({ phase: "failed", walk, fault: toFault(error) }),
      );
    });
  };
  const finish = (walk: Walking): void => send(walk, Math.floor(home.now()));

  const { phase } = state;
  useEffect(() => {
    if (phase !== "countdown") return;
    const startsMonoMs = home.clock.monoMs() + countdownMs;
    let shown = countdownMs / 1_000;
    tone.current?.tick(false);
    return home.clock.every(50, () => {
      const leftS = Math.ceil((startsMonoMs - home.clock.monoMs()) / 1_000);
      if (leftS === shown) return;
      shown = leftS;
      tone.current?.tick(leftS <= 0);
      setState(
        leftS > 0
          ? { phase: "countdown", leftS }
          : { phase: "walking", walk: startWalk(Math.floor(home.now())), lengthMs: 0 },
      );
    });
  }, [home, phase]);

  useEffect(() => {
    if (phase !== "walking") return;
    const change = (next: (walk: Walking) => Walking): void =>
      setState((before) => {
        if (before.phase !== "walking") return before;
        const lengthMs = Math.max(0, home.now() - before.walk.fromWallMs);
        return { ...before, walk: next(before.walk), lengthMs };
      });
    const take = (): void => {
      const seen = watch.seen.get();
      if (seen === null) return;
      const { verdict, at, unit } = seen;
      change((walk) =>
        heard(walk, { wallMs: unit.wallMs, motion: verdict.motion, zones: verdict.zones, at }),
      );
    };
    const cancels = [
      watch.seen.on(take),
      home.clock.every(tickMs, () => change((walk) => passed(walk, home.now()))),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }, [home, watch, phase]);

  const sight = state.phase === "walking" ? state.walk.sight : null;
  const heardBefore = useRef<typeof sight>(null);
  useEffect(() => {
    const before = heardBefore.current;
    heardBefore.current = sight;
    if (sight === "seen" && before !== "seen") tone.current?.seen();
    else if (before === "seen" && sight !== null) tone.current?.lost();
  }, [sight]);
  useEffect(() => () => tone.current?.close(), []);

  const tooLong = state.phase === "walking" && state.lengthMs >= longestMs;
  useEffect(() => {
    if (tooLong && state.phase === "walking") finish(state.walk);
  }, [tooLong]);

  return {
    state,
    start(wanted) {
      name.current = wanted;
      tone.current?.close();
      tone.current = openWalkTone();
      setState({ phase: "countdown", leftS: countdownMs / 1_000 });
    },
    note: (text) =>
      setState((before) =>
        before.phase === "walking"
          ? { ...before, walk: noted(before.walk, { wallMs: Math.floor(home.now()), text }) }
          : before,
      ),
    stop() {
      if (state.phase === "walking") finish(state.walk);
      else setState({ phase: "idle" });
    },
    again: () => over.current !== null && send(over.current.walk, over.current.toWallMs),
    leave: () => setState({ phase: "idle" }),
  };
}
