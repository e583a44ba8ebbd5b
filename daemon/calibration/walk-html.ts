/**
 * Walk HTML: a walk as one page to hand over: words and two drawings, nothing else.
 *
 * Self-contained: no script, no picture, nothing from elsewhere (and a policy that forbids it). Follows the
 * reader's light or dark, prints on paper in light. What people typed is escaped.
 */
import type { Walk } from "../wire/api-calibration.ts";
import { escaped, secondsText } from "./markup.ts";
import { walkPlan } from "./walk-plan.ts";
import { walkStyle } from "./walk-style.ts";
import { walkTimeline } from "./walk-timeline.ts";

export function walkHtml(walk: Walk): string {
  const title = `Walk test: ${escaped(walk.name)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${walkStyle}</style>
</head>
<body>
<main>
<header>
<p class="kind">Walk test</p>
<h1>${escaped(walk.name)}</h1>
<p class="when">${dateText(walk.fromWallMs)}, walked by ${escaped(walk.by)}</p>
</header>
<p class="verdict ${walk.seen ? "good" : "bad"}"><strong>${walk.seen ? "Seen" : "Not seen"}</strong> <span>${verdictText(walk)}</span></p>
${facts(walk)}
<section>
<h2>Where</h2>
${walkPlan(walk)}
${legend}
</section>
<section>
<h2>When</h2>
${walkTimeline(walk)}
<p class="hint">Height: how clearly it moved, 0 to 100. A level of 60 is seen from sensitivity 41 on.</p>
</section>
${zoneTable(walk)}
${rules(walk)}
${noteList(walk)}
<footer>
<p>The path is where movement was strongest. The drawing shows the doorbell's view with the zones that were in force; no picture was kept for this report.</p>
</footer>
</main>
</body>
</html>
`;
}

function verdictText({ seen, delayMs, firstStirWallMs, path }: Walk): string {
  if (seen && delayMs !== null) return `${secondsText(delayMs)} after the first stir`;
  if (seen) return "";
  if (firstStirWallMs !== null) return "something moved in the zones, but not clearly enough";
  return path.length > 0 ? "something moved, but outside the zones" : "nothing moved at all";
}

const lightTexts = { bright: "bright", dark: "dark", infrared: "infrared light" } as const;

function facts(walk: Walk): string {
  const rows = [
    ["Length", secondsText(walk.toWallMs - walk.fromWallMs)],
    ["Light", lightTexts[walk.light]],
    ["First stir", sinceText(walk, walk.firstStirWallMs)],
    ["First seen", sinceText(walk, walk.firstSeenWallMs)],
    ["Seen while moving", `${Math.round(walk.seenFrac * 100)} %`],
  ];
  return `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`;
}

function sinceText({ fromWallMs }: Walk, wallMs: number | null): string {
  return wallMs === null ? "never" : `after ${secondsText(wallMs - fromWallMs)}`;
}

const legend = `<ul class="legend">
<li><svg viewBox="0 0 28 10" aria-hidden="true"><line class="way seen" x1="1" x2="27" y1="5" y2="5"/></svg>seen</li>
<li><svg viewBox="0 0 28 10" aria-hidden="true"><line class="way unseen" x1="1" x2="27" y1="5" y2="5"/></svg>moved, not seen</li>
<li><svg viewBox="0 0 20 20" aria-hidden="true"><circle class="first" cx="10" cy="10" r="8"/></svg>first seen</li>
</ul>`;

function zoneTable(walk: Walk): string {
  const rows = walk.perZone.map(({ name, seen, firstSeenWallMs, bestScore }) => {
    const sensitivity =
      walk.zones.zones.find((zone) => zone.name === name)?.sensitivity ?? walk.zones.sensitivity;
    return `<tr><th scope="row">${escaped(name)}</th><td>${sensitivity ?? "as set"}</td><td class="${seen ? "good" : "bad"}">${seen ? "seen" : "not seen"}</td><td>${sinceText(walk, firstSeenWallMs)}</td><td>${Math.round(bestScore)}</td></tr>`;
  });
  return `<section>
<h2>Zones</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Zone</th><th scope="col">Sensitivity</th><th scope="col">Walk</th><th scope="col">First seen</th><th scope="col">Score</th></tr></thead>
<tbody>${rows.join("")}</tbody>
</table></div>
<p class="hint">Score: the best of the walk. 100 is just enough; below that the zone needs more sensitivity.</p>
</section>`;
}

function rules({ zones }: Walk): string {
  if (zones.rules.length === 0) return "";
  const items = zones.rules.map(({ zone, light, from, to, sensitivity }) => {
    const parts = [
      zone === null ? "in every zone" : `in ${escaped(zone)}`,
      light === null ? "" : `while it is ${lightTexts[light]}`,
      from === null || to === null ? "" : `from ${escaped(from)} to ${escaped(to)}`,
    ].filter((part) => part !== "");
    return `<li>${parts.join(", ")}: sensitivity ${sensitivity}</li>`;
  });
  return `<section><h2>Rules</h2><ul>${items.join("")}</ul></section>`;
}

function noteList(walk: Walk): string {
  if (walk.notes.length === 0) return "";
  const items = walk.notes.map(
    ({ wallMs, text }) =>
      `<li><b>${escaped(text)}</b> ${secondsText(Math.max(0, wallMs - walk.fromWallMs))} after the beginning</li>`,
  );
  return `<section><h2>Notes</h2><ol>${items.join("")}</ol></section>`;
}

/** "Saturday 31 January 2026, 12:00", where the doorbell stands. */
function dateText(wallMs: number): string {
  const date = new Date(wallMs);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = date.toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `${day}, ${two(date.getHours())}:${two(date.getMinutes())}`;
}
