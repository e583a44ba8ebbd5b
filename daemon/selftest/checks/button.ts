/**
 * Does the button press, once for one press? And is its debounce long enough for its contacts?
 *
 * A press during the test rings like any other.
 */
import type { Check, CheckContext, CheckResult } from "../check.ts";
import type { LineReport } from "../door.ts";
import { debounceFor, shapeOf } from "./press-shape.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const waitMs = 20_000;
const glanceMs = 300;
/** Part of button.debounceMs that bounces may last before it is called narrow. */
const narrow = 0.7;

export const button: Check = {
  id: "button",
  group: "lines",
  title: "The button rings, once for each press",
  mostMs: waitMs + 5_000,
  async run(context) {
    const { door, signal, attended, ask } = context;
    if (attended) ask(`press the button once, within ${waitMs / 1_000} s`);
    const report = await door.button(attended ? waitMs : glanceMs, signal);
    if (report === null) return skipped("there is none: button.driver is none");
    if (report.edges.length === 0 && report.presses === 0) return quiet(report, context);
    return judge(report, context);
  },
};

function quiet({ name, active }: LineReport, { attended, settings }: CheckContext): CheckResult {
  if (active)
    return failed(
      `${name} is active all the time`,
      `the button is stuck or its wires touch; if nobody holds it, it may be wired the other way round: try button.activeLow: ${!settings.button.activeLow}`,
    );
  return attended
    ? failed(
        `${name} saw no press within ${waitMs / 1_000} s`,
        "look at the wires and at button.line; sill hal watch shows the line live",
      )
    : skipped(`${name} is at rest; nobody was there to press it`, "run the test with somebody at the door");
}

function judge(report: LineReport, { settings }: CheckContext): CheckResult {
  const { name, active, edges, raw, presses, missed } = report;
  const { debounceMs, activeLow } = settings.button;
  const shape = shapeOf(edges);
  const waveform = { title: `${name}: the press on the wire`, edges };
  const figures = [
    { name: "presses", value: presses, unit: "count", atLeast: 1, atMost: 1 },
    ...(raw
      ? [
          { name: "bounces", value: shape.bounces, unit: "count" },
          { name: "bounce", value: round(shape.burstMs), unit: "ms" },
          {
            name: "longest pause in it",
            value: round(shape.pauseMs),
            unit: "ms",
            atMost: narrow * debounceMs,
          },
        ]
      : []),
    { name: "lost edges", value: missed, unit: "count", atMost: 0 },
  ];
  const more = { figures, waveform };
  const longer = `set button.debounceMs to ${Math.max(debounceFor(shape), debounceMs + 5)}, or take another button`;
  if (active && edges[0]?.active === false)
    return failed(
      `${name} rests active, and pressing it makes it inactive`,
      `it is wired the other way round: set button.activeLow to ${!activeLow}`,
      more,
    );
  if (presses > 1 && raw && shape.pauseMs >= debounceMs)
    return failed(
      `one press was counted ${presses} times: its contacts bounce for ${round(shape.burstMs)} ms`,
      longer,
      more,
    );
  if (presses === 0)
    return failed(
      `${name} moved, but too shortly to be a press`,
      `a press must last longer than button.debounceMs (${debounceMs} ms): lower it, or look at the contact`,
      more,
    );
  if (raw && shape.pauseMs > narrow * debounceMs)
    return warned(
      `its contacts bounce with pauses of ${round(shape.pauseMs)} ms, close to button.debounceMs (${debounceMs})`,
      longer,
      more,
    );
  if (missed > 0)
    return warned(
      `${missed} edges of ${name} were lost`,
      "the line is noisy: use a shielded wire or a capacitor of 100 nF",
      more,
    );
  const clean = raw ? `, with ${shape.bounces} bounces within ${round(shape.burstMs)} ms` : "";
  return passed(`${name} told ${presses === 1 ? "one press" : `${presses} presses`}${clean}`, more);
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
