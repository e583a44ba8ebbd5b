/**
 * ModelTile: how the model is that says what moved: which, ready or not, how long a look takes, since when. Pure.
 *
 * On the health page alone: what is wrong with it stands above like every other problem, here it stands while all is well
 * and when somebody switched it off.
 */
import type { Status } from "../../daemon/wire/api-status.ts";
import { nearMoment, number, sentence } from "../look/format.ts";
import type { Tile } from "../status/tiles.ts";
import { words } from "../words.ts";

const { model: say } = words;

/** As often as a model is shown a picture where the doorbell does not say it. */
const usualMs = 300;

type Model = NonNullable<Status["what"]>;

export function modelTile({ what }: Status, nowMs: number): Tile {
  const base = { id: "model", icon: "motion", label: say.label } as const;
  if (what === undefined) return { ...base, value: say.unknown, note: say.unknownNote, level: "fine" };
  const isSlow = what.state === "ready" && (what.msMedian ?? 0) >= (what.everyMs ?? usualMs);
  return {
    ...base,
    value: isSlow ? say.slow : say.states[what.state],
    note: notesOf(what, isSlow, nowMs).join(" "),
    level: isSlow || isWrong(what) ? "warn" : "fine",
  };
}

/** One that failed and starts again has not become well by that. */
function isWrong({ state, fault }: Model): boolean {
  return state === "resting" || state === "refused" || (state === "loading" && fault !== undefined);
}

function notesOf(what: Model, isSlow: boolean, nowMs: number): string[] {
  const { state, model, fault, failures, sinceWallMs, everyMs = usualMs } = what;
  const since = sinceWallMs === undefined ? [] : [say.since(nearMoment(sinceWallMs, nowMs))];
  if (state === "off") return [say.off, ...since];
  const name = model === "sill" ? say.own : say.other(model);
  const isNamed = fault?.message.includes(`"${model}"`) === true;
  const about = state === "ready" ? `${name}: ${lookOf(what)}.` : `${name}.`;
  return [
    ...(isNamed ? [] : [about]),
    ...(fault === undefined ? [] : [sentence(fault.message)]),
    ...(isSlow ? [say.slowHint(number(everyMs))] : []),
    ...(say.goesOn[state] === "" ? [] : [say.goesOn[state]]),
    ...(failures > 0 ? [say.failed(number(failures))] : []),
    ...since,
  ];
}

function lookOf({ msMedian, msP95 }: Model): string {
  if (msMedian === null) return say.notAsked;
  return say.look(number(msMedian), msP95 === null ? null : number(msP95));
}
