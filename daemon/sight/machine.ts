/**
 * Event machine: when does something begin, what is recorded for it, and when is it over?
 *
 * A pure function of its inputs in order: same frames, same answers. Times are media time.
 * - The first motion frame opens a motion event; it closes when nothing moved for postRoll and
 *   cooldown together, and its end is the last frame that moved.
 * - A clip opens with the first event and is shared by every event that opens while it runs. It
 *   closes postRoll after the last movement or press.
 * - A clip that reaches maxClip closes with its motion event; movement that goes on opens a new
 *   event and a new clip with the next frame.
 * - A wake (power saving: an edge of the PIR opened the camera) is an event by itself, from the first frame on, whatever
 *   the picture shows: the background was learnt with whoever woke it in it. It goes on while the PIR says so.
 * - While somebody is held (daemon/sight/what: a model sees him stand where nothing moves), a motion event that is open
 *   goes on: one visitor, one event. It opens none, and maxClip ends it as ever.
 * - A press never fails: with no clip running it opens one, from the pre-roll on.
 *
 * Every frame that moved is in an event and on a clip: nothing is passed over because something else
 * came before it. So more sensitivity, which only adds frames that moved, never loses an event on the
 * same footage: what was one is within one or two of its events.
 */
import { seenByBoth, type Seer } from "./fusion.ts";

export interface EventTiming {
  readonly postRollUs: number;
  /** A motion event waits so much longer for movement that begins again. */
  readonly cooldownUs: number;
  readonly maxClipUs: number;
}

export interface MotionState {
  readonly event: string;
  readonly startUs: number;
  readonly lastUs: number;
  readonly score: number;
  readonly zones: readonly string[];
  readonly seer: Seer;
  /** It woke the camera: there is no picture of the time before. */
  readonly woke: boolean;
}

interface ClipState {
  readonly clip: string;
  readonly startUs: number;
  readonly lastActivityUs: number;
}

export interface MachineState {
  readonly motion: MotionState | null;
  readonly clip: ClipState | null;
}

export const initialMachine: MachineState = { motion: null, clip: null };

export type MachineInput =
  | {
      readonly type: "frame";
      readonly ptsUs: number;
      readonly motion: boolean;
      readonly score: number;
      readonly zones: readonly string[];
      /** Absent = the picture. */
      readonly seer?: Seer | undefined;
      /** The PIR says that something warm moves: that prolongs an event which woke the camera, and nothing else. */
      readonly warm?: boolean | undefined;
      /** Somebody is known to stand there: that prolongs an event that is open, and nothing else. */
      readonly held?: boolean | undefined;
    }
  | { readonly type: "wake"; readonly ptsUs: number }
  | { readonly type: "press"; readonly ptsUs: number; readonly event: string }
  | { readonly type: "end"; readonly ptsUs: number; readonly reason: "camera-lost" | "stopped" };

export type CloseReason = "quiet" | "max-length" | "camera-lost" | "stopped";

export type MachineAction =
  | { readonly type: "open-event"; readonly motion: MotionState }
  | { readonly type: "close-event"; readonly motion: MotionState }
  | {
      readonly type: "open-clip";
      readonly clip: string;
      readonly event: string;
      readonly kind: "motion" | "ring";
      readonly atUs: number;
    }
  | {
      readonly type: "join-clip";
      readonly clip: string;
      readonly event: string;
      readonly kind: "motion" | "ring";
      readonly atUs: number;
    }
  | {
      readonly type: "close-clip";
      readonly clip: string;
      readonly atUs: number;
      readonly reason: CloseReason;
    };

export interface MachineStep {
  readonly state: MachineState;
  readonly actions: readonly MachineAction[];
}

export interface MachineOptions {
  readonly timing: EventTiming;
  /** A fresh id for an event or clip. */
  readonly newId: () => string;
}

export function step(state: MachineState, input: MachineInput, options: MachineOptions): MachineStep {
  switch (input.type) {
    case "press":
      return startIn(state, { event: input.event, kind: "ring", atUs: input.ptsUs }, options);
    case "wake":
      return wake(state, input.ptsUs, options);
    case "end":
      return closeAll(state, input.ptsUs, input.reason);
    case "frame":
      return frame(state, input, options);
  }
}

function wake(state: MachineState, ptsUs: number, options: MachineOptions): MachineStep {
  if (state.motion !== null) return { state, actions: [] };
  return begin(state, { startUs: ptsUs, score: 0, zones: [], seer: "pir", woke: true }, options);
}

type FrameInput = Extract<MachineInput, { type: "frame" }>;

function frame(state: MachineState, input: FrameInput, options: MachineOptions): MachineStep {
  const { timing } = options;
  if (input.motion) {
    const moved =
      state.motion === null ? openMotion(state, input, options) : extendMotion(state, state.motion, input);
    return limitLength(moved, input.ptsUs, timing);
  }
  if (state.motion !== null && (input.held === true || (input.warm === true && state.motion.woke))) {
    const seer = input.held === true ? state.motion.seer : "pir";
    const prolonged = extendMotion(state, state.motion, { ...input, zones: [], seer });
    return limitLength(prolonged, input.ptsUs, timing);
  }
  const quiet = closeQuiet(state, input.ptsUs, timing);
  return limitLength(quiet, input.ptsUs, timing);
}

function openMotion(state: MachineState, input: FrameInput, options: MachineOptions): MachineStep {
  const { ptsUs, score, zones, seer = "picture" } = input;
  return begin(state, { startUs: ptsUs, score, zones, seer, woke: false }, options);
}

type Seen = Omit<MotionState, "event" | "lastUs">;

function begin(state: MachineState, seen: Seen, options: MachineOptions): MachineStep {
  const { startUs } = seen;
  const motion: MotionState = { event: options.newId(), lastUs: startUs, ...seen };
  const started = startIn(
    { ...state, motion },
    { event: motion.event, kind: "motion", atUs: startUs },
    options,
  );
  return { state: started.state, actions: [{ type: "open-event", motion }, ...started.actions] };
}

function extendMotion(state: MachineState, motion: MotionState, input: FrameInput): MachineStep {
  const next: MotionState = {
    ...motion,
    lastUs: input.ptsUs,
    score: Math.max(motion.score, input.score),
    zones: [...new Set([...motion.zones, ...input.zones])],
    seer: seenByBoth(motion.seer, input.seer ?? "picture"),
  };
  const clip = state.clip === null ? null : { ...state.clip, lastActivityUs: input.ptsUs };
  return { state: { ...state, motion: next, clip }, actions: [] };
}

interface Start {
  readonly event: string;
  readonly kind: "motion" | "ring";
  readonly atUs: number;
}

function startIn(state: MachineState, start: Start, options: MachineOptions): MachineStep {
  const { atUs } = start;
  if (state.clip !== null) {
    const clip = { ...state.clip, lastActivityUs: Math.max(atUs, state.clip.lastActivityUs) };
    return { state: { ...state, clip }, actions: [{ type: "join-clip", clip: clip.clip, ...start }] };
  }
  const clip: ClipState = { clip: options.newId(), startUs: atUs, lastActivityUs: atUs };
  return { state: { ...state, clip }, actions: [{ type: "open-clip", clip: clip.clip, ...start }] };
}

function closeQuiet(state: MachineState, nowUs: number, timing: EventTiming): MachineStep {
  const actions: MachineAction[] = [];
  let next = state;
  const patienceUs = timing.postRollUs + timing.cooldownUs;
  if (next.motion !== null && nowUs - next.motion.lastUs >= patienceUs) {
    actions.push({ type: "close-event", motion: next.motion });
    next = { ...next, motion: null };
  }
  if (next.motion === null && next.clip !== null && nowUs - next.clip.lastActivityUs >= timing.postRollUs) {
    actions.push({ type: "close-clip", clip: next.clip.clip, atUs: nowUs, reason: "quiet" });
    next = { ...next, clip: null };
  }
  return { state: next, actions };
}

function limitLength(before: MachineStep, nowUs: number, timing: EventTiming): MachineStep {
  const { clip } = before.state;
  if (clip === null || nowUs - clip.startUs < timing.maxClipUs) return before;
  const ended = closeAll(before.state, nowUs, "max-length");
  return { state: ended.state, actions: [...before.actions, ...ended.actions] };
}

function closeAll(state: MachineState, nowUs: number, reason: CloseReason): MachineStep {
  const actions: MachineAction[] = [];
  if (state.motion !== null) actions.push({ type: "close-event", motion: state.motion });
  if (state.clip !== null) actions.push({ type: "close-clip", clip: state.clip.clip, atUs: nowUs, reason });
  return { state: { ...state, motion: null, clip: null }, actions };
}
