/**
 * Judge: from verdicts, look by look, to a state: may the picture be shown?
 *
 * Pure: state and what was seen in, next state out. Masked are `tripped` and `unproven`.
 *
 *   unproven -> watching   the scene was recognised once (after a start with a known reference)
 *   watching -> tripped    moved: away for 3 looks; covered: not here for 4
 *   watching -> blind      not here for 4 looks, but the scene had faded and there is hardly an edge
 *   blind    -> watching   as soon as it is here; -> tripped as soon as edges show that are not its
 *   tripped  -> watching   from covered only: here for 6 looks in a row
 *   covered  -> moved      away for 3 looks; -> changed: another scene for minutes
 *
 * What is moved or changed stays so: only a new policy makes a new judge.
 */
import type { GuardStatus } from "../../wire/messages.ts";
import { tuning } from "./tuning.ts";
import type { Verdict } from "./verdict.ts";

export type TripReason = NonNullable<GuardStatus["reason"]>;

export interface JudgeState {
  readonly state: "unproven" | "watching" | "blind" | "tripped";
  readonly reason: TripReason | null;
  /** Looks in a row that ended with the last one. */
  readonly here: number;
  readonly away: number;
  readonly lost: number;
  /** Looks in a row with edges that are not the scene's. */
  readonly foreign: number;
  /** How clearly the scene was seen lately, slow mean over the looks that saw it. */
  readonly lately: number;
}

export interface Look {
  readonly verdict: Verdict;
  /** How clearly the scene is seen in its place, and was when it was learnt. */
  readonly clear: number;
  readonly learntClear: number;
  /** Hardly an edge in the picture, compared with the scene that was learnt. */
  readonly bare: boolean;
}

/** `lately` = how clearly the scene was seen when it was learnt. */
export function firstState(proven: boolean, lately: number): JudgeState {
  const state = proven ? "watching" : "unproven";
  return { state, reason: null, here: 0, away: 0, lost: 0, foreign: 0, lately };
}

export function isClosed({ state }: JudgeState): boolean {
  return state === "tripped" || state === "unproven";
}

export function judge(before: JudgeState, look: Look): JudgeState {
  const now = counted(before, look);
  if (isFinal(before)) return now;
  if (now.away >= tuning.movedLooks) return tripped(now, "moved");
  switch (before.state) {
    case "unproven":
      if (look.verdict === "here") return { ...now, state: "watching" };
      return now.lost >= tuning.lostLooks ? tripped(now, "covered") : now;
    case "watching": {
      if (now.lost < tuning.lostLooks) return now;
      const faded = before.lately < tuning.fadedFrac * look.learntClear;
      return faded && look.bare ? { ...now, state: "blind" } : tripped(now, "covered");
    }
    case "blind":
      if (look.verdict === "here") return { ...now, state: "watching" };
      return now.foreign >= tuning.lostLooks ? tripped(now, "covered") : now;
    case "tripped":
      if (now.here >= tuning.backLooks) return { ...now, state: "watching", reason: null };
      return now.foreign * tuning.lookEveryMs >= tuning.changedMs ? tripped(now, "changed") : now;
  }
}

export function isFinal({ state, reason }: JudgeState): boolean {
  return state === "tripped" && reason !== "covered";
}

function tripped(state: JudgeState, reason: TripReason): JudgeState {
  return { ...state, state: "tripped", reason };
}

/** Weight of the newest look: a mean over some 5 s. */
const newest = 0.08;

function counted(before: JudgeState, { verdict, clear, bare }: Look): JudgeState {
  const here = verdict === "here";
  return {
    ...before,
    here: here ? before.here + 1 : 0,
    away: verdict === "away" ? before.away + 1 : 0,
    lost: here ? 0 : before.lost + 1,
    foreign: here || bare ? 0 : before.foreign + 1,
    lately: here ? before.lately + newest * (clear - before.lately) : before.lately,
  };
}
