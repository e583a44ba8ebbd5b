/**
 * HTML: a report as one page to hand over.
 *
 * Self-contained: no script, nothing from elsewhere (and a policy that forbids it). Follows the reader's light
 * or dark, fits a phone, prints on paper in light. The picture of a run is not in it: it is sealed to the
 * household, and this page may go to anybody.
 */
import { escaped } from "../../calibration/markup.ts";
import type { CheckReport, SelftestReport } from "../../wire/selftest.ts";
import { histogramSvg, waveformSvg } from "./drawings.ts";
import { style } from "./style.ts";
import { byGroup, countsText, cutTexts, figureText, groupNames, verdictNames, wallText } from "./words.ts";

const headlines = {
  pass: "Everything is in order",
  warn: "It works, and somebody should look",
  fail: "Something is broken",
} as const;

export function reportHtml(report: SelftestReport): string {
  const { verdict, board, sill, how, startedWallMs, tookMs, cut, checks, id } = report;
  const troubled = checks.filter((each) => each.verdict === "fail" || each.verdict === "warn");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Self-test: ${verdictNames[verdict]}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="kind">Self-test</p>
<h1 class="${verdict}">${headlines[verdict]}</h1>
<p>${escaped(countsText(report))}</p>
<p class="when">${wallText(startedWallMs)} UTC, ${Math.round(tookMs / 1_000)} s, ${escaped(board)}, Sill ${escaped(sill)}, ${escaped(how)}</p>
${cut === null ? "" : `<p class="note">${cutTexts[cut]}</p>`}
</header>
${troubled.length === 0 ? "" : toDo(troubled)}
${byGroup(checks)
  .map(([group, its]) => `<section><h2>${groupNames[group]}</h2>${its.map(checkHtml).join("\n")}</section>`)
  .join("\n")}
<footer><p>Report ${escaped(id)}. Words, figures and drawings only: the masked picture of a run is sealed to the household and is shown on the doorbell's own page.</p></footer>
</main>
</body>
</html>
`;
}

function toDo(checks: readonly CheckReport[]): string {
  const rows = checks
    .toSorted((a, b) => Number(b.verdict === "fail") - Number(a.verdict === "fail"))
    .map(({ id, verdict, title, advice }) => {
      const words = advice === undefined ? "" : `: ${escaped(advice)}`;
      return `<li class="${verdict}"><a href="#${id}">${escaped(title)}</a>${words}</li>`;
    });
  return `<section class="todo"><h2>What to do</h2><ol>${rows.join("")}</ol></section>`;
}

function checkHtml(check: CheckReport): string {
  const { id, verdict, title, seen, advice, figures, waveform, histogram, picture } = check;
  return `<article id="${id}" class="${verdict}">
<h3><span class="mark">${verdictNames[verdict]}</span> ${escaped(title)}</h3>
<p>${escaped(seen)}</p>
${advice === undefined ? "" : `<p class="advice">${escaped(advice)}</p>`}
${figures.length === 0 ? "" : `<ul class="figures">${figures.map((each) => `<li>${escaped(figureText(each))}</li>`).join("")}</ul>`}
${waveform === undefined ? "" : waveformSvg(waveform)}
${histogram === undefined ? "" : histogramSvg(histogram)}
${picture === undefined ? "" : `<p class="sealed">${escaped(picture)}: sealed; shown on the doorbell's page to who may watch.</p>`}
</article>`;
}
