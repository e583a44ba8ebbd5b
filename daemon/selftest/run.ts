/**
 * Run: asks one check after the other and puts together the report.
 *
 * One at a time, so that a slow disk does not disturb the camera's pace. Each has its own limit and all
 * together `budgetMs`; what there is no time for is told as skipped, what was cut short as such. A check
 * that throws has failed, and its words are told; it never ends the run. Whoever gives up gets what is known.
 */
import type { Settings } from "../../config/schema.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { newId } from "../wire/id.ts";
import {
  reportVersion,
  type CheckReport,
  type Progress,
  type SelftestAsk,
  type SelftestReport,
} from "../wire/selftest.ts";
import type { Check, CheckContext, CheckResult, Picture } from "./check.ts";
import type { Door } from "./door.ts";
import { firstLine, type Machine } from "./machine.ts";
import { oneLook } from "./one-look.ts";

/** All checks together. */
export const budgetMs = 90_000;
/** With less than this left no check is begun. */
const leastMs = 500;

export interface RunOptions {
  readonly checks: readonly Check[];
  readonly ask: SelftestAsk;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly door: Door;
  readonly sill: string;
  /** Gives up: what is under way is ended, what has not begun is left out. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Run {
  readonly report: SelftestReport;
  /** The first that a check made. */
  readonly picture: Picture | null;
}

/** Throws Fault `invalid` when `only` names a check that there is not. */
export function chosen(checks: readonly Check[], only: readonly string[] | null): readonly Check[] {
  if (only === null) return checks;
  const unknown = only.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined)
    throw new Fault("invalid", `there is no check ${JSON.stringify(unknown)}`, {
      hint: "sill selftest --list shows them all",
    });
  return checks.filter(({ id }) => only.includes(id));
}

export async function runSelftest(options: RunOptions): Promise<Run> {
  const { ask, clock, machine, door, signal, onProgress } = options;
  const checks = chosen(options.checks, ask.only);
  const began = { monoMs: clock.monoMs(), wallMs: clock.wallMs() };
  const shared = { ...options, door: oneLook(door), began };
  const leftMs = (): number => budgetMs - (clock.monoMs() - began.monoMs);
  const done: CheckReport[] = [];
  let picture: Picture | null = null;
  onProgress({ type: "selftest-begun", checks: checks.map(headOf) });
  for (const check of checks) {
    if (signal.aborted) break;
    onProgress({ type: "check-begun", id: check.id });
    const startMs = clock.monoMs();
    const result = leftMs() < leastMs ? outOfTime : await runOne(check, { ...shared, leftMs: leftMs() });
    if (result === null) break;
    if (picture === null && result.picture !== undefined) picture = result.picture;
    const report = reportOf(check, result, { tookMs: clock.monoMs() - startMs, picture });
    done.push(report);
    onProgress({ type: "check-done", check: report });
  }
  const count = (verdict: CheckReport["verdict"]): number =>
    done.filter((each) => each.verdict === verdict).length;
  const counts = { pass: count("pass"), warn: count("warn"), fail: count("fail"), skip: count("skip") };
  const late = done.some(({ seen }) => seen === outOfTime.seen);
  const report: SelftestReport = {
    format: "sill-selftest",
    version: reportVersion,
    id: newId(began.wallMs),
    startedWallMs: Math.round(began.wallMs),
    tookMs: Math.round(clock.monoMs() - began.monoMs),
    verdict: counts.fail > 0 ? "fail" : counts.warn > 0 ? "warn" : "pass",
    counts,
    cut: done.length < checks.length ? "cancelled" : late ? "time" : null,
    how: cut(door.how, 60),
    attended: ask.attended,
    outbound: ask.outbound,
    only: ask.only,
    sill: options.sill,
    board: cut(
      (await firstLine(machine, "/proc/device-tree/model")) ?? "a machine without a board's name",
      200,
    ),
    checks: done,
  };
  return { report, picture };
}

export function headOf({ id, group, title }: Check): Pick<Check, "id" | "group" | "title"> {
  return { id, group, title };
}

const outOfTime: CheckResult = {
  verdict: "skip",
  seen: `not asked: the ${budgetMs / 1_000} s of the whole run were over`,
  advice: "ask it alone with --only",
};

interface OneOptions extends RunOptions {
  readonly began: NonNullable<CheckContext["began"]>;
  readonly leftMs: number;
}

/** Null = given up. */
async function runOne(check: Check, options: OneOptions): Promise<CheckResult | null> {
  const { settings, clock, machine, door, ask, sill, signal, began, leftMs, onProgress } = options;
  const ended = new AbortController();
  const limitMs = Math.min(check.mostMs, leftMs);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<CheckResult | null>();
  const giveUp = (): void => stop(null);
  signal.addEventListener("abort", giveUp, { once: true });
  const cancel = clock.after(limitMs, () => stop(limitMs < check.mostMs ? outOfTime : tooSlow(check.mostMs)));
  const context: CheckContext = {
    settings,
    clock,
    machine,
    door,
    signal: ended.signal,
    attended: ask.attended,
    outbound: ask.outbound,
    sill,
    began,
    ask: (request) => {
      if (!ended.signal.aborted) onProgress({ type: "check-asks", id: check.id, request: cut(request, 200) });
    },
  };
  const asked = Promise.resolve()
    .then(() => check.run(context))
    .catch(broken);
  const result = await Promise.race([asked, stopped]);
  cancel();
  signal.removeEventListener("abort", giveUp);
  ended.abort();
  return result;
}

function tooSlow(mostMs: number): CheckResult {
  return {
    verdict: "fail",
    seen: `no answer within ${mostMs / 1_000} s`,
    advice: "something is stuck: look at the log, then restart the doorbell",
  };
}

function broken(error: unknown): CheckResult {
  const { kind, message, hint } = toFault(error);
  if (kind !== "bug")
    return { verdict: "fail", seen: message, advice: hint ?? "look at the log of the doorbell" };
  return {
    verdict: "fail",
    seen: `the check itself is broken: ${message}`,
    advice: "this is a bug in Sill: report it with this line",
  };
}

function reportOf(
  check: Check,
  result: CheckResult,
  { tookMs, picture }: { readonly tookMs: number; readonly picture: Picture | null },
): CheckReport {
  const { verdict, seen, advice, figures = [], waveform, histogram } = result;
  return {
    ...headOf(check),
    verdict,
    seen: cut(seen, 1_000),
    ...(verdict === "pass" || advice === undefined ? {} : { advice: cut(advice, 1_000) }),
    figures: figures.slice(0, 32).map(plainFigure),
    ...(waveform === undefined
      ? {}
      : { waveform: { title: cut(waveform.title, 60), edges: waveform.edges.slice(0, 2_000) } }),
    ...(histogram === undefined ? {} : { histogram }),
    ...(result.picture !== undefined && result.picture === picture
      ? { picture: cut(result.picture.title, 60) }
      : {}),
    tookMs: Math.round(tookMs),
  };
}

/** A bound that is not there must not be there at all; what is no number is none. */
function plainFigure({ name, value, unit, atLeast, atMost }: NonNullable<CheckResult["figures"]>[number]) {
  return {
    name: cut(name, 60),
    value: Number.isFinite(value) ? value : 0,
    unit: cut(unit, 20),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}
