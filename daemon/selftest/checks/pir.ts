/**
 * Does the motion sensor see people, and only people?
 *
 * A house that has run for some time knows more than a glance: how often it rose, how long it was active.
 */
import type { Check, CheckContext, CheckResult } from "../check.ts";
import type { PirReport } from "../door.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const walkMs = 20_000;
const glanceMs = 10_000;
/** What is known of less than this says nothing about habits. */
const habitMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
const mostPerHour = 240;
/** Rises in one watch that nobody walks. */
const restlessRises = 3;
const mostlyActive = 0.8;
const nearlyAlways = 0.99;

export const pir: Check = {
  id: "pir",
  group: "lines",
  title: "The motion sensor answers to movement, and rests without",
  mostMs: walkMs + 5_000,
  async run(context) {
    const { door, signal, attended, ask } = context;
    if (attended) ask(`walk past the motion sensor within ${walkMs / 1_000} s, then stand still`);
    const report = await door.pir(attended ? walkMs : glanceMs, signal);
    if (report === null) return skipped("there is none: pir.driver is none");
    return judge(report, context);
  },
};

function judge(report: PirReport, context: CheckContext): CheckResult {
  const { name, edges, openMs, activeMs, rises, warmUpLeftMs, watchedMs } = report;
  const perHour = openMs === 0 ? 0 : (rises * 3_600_000) / openMs;
  const activeFrac = openMs === 0 ? 0 : activeMs / openMs;
  const figures = [
    { name: "rises while watched", value: edges.filter(({ active }) => active).length, unit: "count" },
    { name: "rate", value: Math.round(perHour), unit: "per_hour", atMost: mostPerHour },
    { name: "active", value: Math.round(activeFrac * 1_000) / 1_000, unit: "frac", atMost: mostlyActive },
    { name: "warm-up left", value: Math.round(warmUpLeftMs), unit: "ms", atMost: 0 },
  ];
  const more =
    edges.length === 0 ? { figures } : { figures, waveform: { title: `${name}, while watched`, edges } };
  const known = habit(report, context, { perHour, activeFrac });
  if (known !== null) return failed(known.seen, known.advice, more);
  if (edges.filter(({ active }) => active).length >= restlessRises && watchedMs <= walkMs + 1_000)
    return failed(
      `${name} rose ${restlessRises} times or more in ${Math.round(watchedMs / 1_000)} s`,
      "turn its sensitivity down, keep it from sun, heating and wind, look at its supply; a long wire wants a shield",
      more,
    );
  if (warmUpLeftMs > 0)
    return warned(
      `${name} is warming up for another ${Math.ceil(warmUpLeftMs / 1_000)} s`,
      "run the test again after that; until then its edges do not count",
      more,
    );
  return answer(report, context, more);
}

/** What the time since it was opened says. */
function habit(
  { name, active, edges, openMs, rises }: PirReport,
  { settings }: CheckContext,
  { perHour, activeFrac }: { readonly perHour: number; readonly activeFrac: number },
): { readonly seen: string; readonly advice: string } | null {
  if (openMs < habitMs) return null;
  const hours = `${(openMs / 3_600_000).toFixed(1)} h`;
  if (perHour > mostPerHour)
    return {
      seen: `${name} rose ${Math.round(perHour)} times an hour in the last ${hours}`,
      advice: "turn its sensitivity down, keep it from sun, heating and wind, and look at its supply",
    };
  if (activeFrac >= nearlyAlways && active && edges.length === 0)
    return {
      seen: `${name} has been active for ${hours}`,
      advice: "it is stuck: look at its wires and its supply, then take another one",
    };
  if (activeFrac > mostlyActive && rises > 1)
    return {
      seen: `${name} rests active: ${Math.round(activeFrac * 100)} % of the last ${hours}`,
      advice: `it is wired the other way round: set pir.activeLow to ${!settings.pir.activeLow}`,
    };
  if (openMs > dayMs && rises === 0)
    return {
      seen: `${name} has not risen for ${hours}`,
      advice: "it is dead or blind: look at its wires and at what stands before it",
    };
  return null;
}

function answer(
  report: PirReport,
  { attended, settings }: CheckContext,
  more: Pick<CheckResult, "figures" | "waveform">,
): CheckResult {
  const { name, active, edges } = report;
  if (!attended)
    return active && edges.length === 0
      ? warned(
          `${name} was active all the time`,
          "somebody moves before it, or it is stuck: run the test again with nobody there",
          more,
        )
      : passed(`${name} ${edges.length === 0 ? "rests" : "answers"}; nobody was asked to walk past`, more);
  if (edges.length === 0)
    return failed(
      active ? `${name} was active all the time, whatever happened before it` : `${name} saw nobody`,
      active
        ? "it is stuck: look at its wires"
        : "walk across its field at 2 to 5 m, not towards it; look at its wires, at pir.line and at its supply",
      more,
    );
  if (edges[0]?.active === false)
    return warned(
      `${name} was active before anybody moved`,
      `stand out of its sight for a minute and run the test again; if it says the same, it is wired the other way round: set pir.activeLow to ${!settings.pir.activeLow}`,
      more,
    );
  return passed(`${name} saw somebody`, more);
}
