/**
 * Text: a model and its answers, for people at 80 columns.
 */
import type { Found } from "../../../models/detector.ts";
import { labels } from "../../../models/labels.ts";
import type { Manifest } from "../../../models/manifest.ts";
import { lengthText, sizeText } from "../amounts.ts";
import { namedLines, textTable, type Fact } from "../table.ts";
import { screenWidth, wrapped } from "../wrapped.ts";
import type { BenchFigures } from "./bench.ts";
import type { Tried } from "./try-out.ts";

/** Of our labels those that it can say, in our order. */
export function saysOf({ map }: Pick<Manifest, "map">): string[] {
  const said = new Set(Object.values(map));
  return labels.filter((label) => said.has(label));
}

export function aboutLines(manifest: Manifest): string[] {
  const { input, task, bytes, licence, trained, output } = manifest;
  const of = task === "classify" ? "each region that moves" : "the whole picture";
  return textTable([
    ["  says", `${saysOf(manifest).join(", ")}, of ${of}`],
    [
      "  takes",
      `${input.width}x${input.height} ${input.channels}, ${input.type}, ${input.fit}; read as ${output.decode}`,
    ],
    ["  file", `${manifest.file}, ${sizeText(bytes)}, sha256 ${manifest.sha256.slice(0, 12)}...`],
    ...whole("  licence", licence),
    ...whole("  trained", trained),
  ]);
}

/** Whole, however long: a licence is read nowhere else. */
function whole(name: string, text: string): Fact[] {
  return namedLines(name, wrapped(text, screenWidth - name.length - 2));
}

export function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

/** `Found` in words: "person 0.93 at 512,240 120x300". */
export function foundText(found: readonly Found[]): string {
  if (found.length === 0) return "nothing";
  return found
    .map(({ label, score, box }) => {
      const [x, y, w, h] = box.map(Math.round);
      return `${label} ${score.toFixed(2)} at ${x},${y} ${w}x${h}`;
    })
    .join("\n             ");
}

export function triedLines({ found, status }: Tried): string[] {
  const took = `${msText(status.msMedian ?? 0)}, its process ${sizeText(status.rssBytes)} of memory`;
  return [
    `The porch:   ${foundText(found)}`,
    "             (there is somebody on the simulated porch)",
    `It took:     ${took}`,
  ];
}

export function benchLines(
  figures: BenchFigures,
  { everyMs, threads }: { everyMs: number; threads: number },
): string[] {
  const { runs, pictureMs, frameMs, cpuMs, rssBytes, coreFrac } = figures;
  const rows = [
    ["", "MEDIAN", "95 %"],
    ["a picture, in the model's process", msText(pictureMs.median), msText(pictureMs.p95)],
    ["a frame, as the eye waits for it", msText(frameMs.median), msText(frameMs.p95)],
  ];
  return [
    ...textTable(rows, { right: [1, 2] }),
    "",
    `Processor: ${msText(cpuMs)} for a frame, ${(coreFrac * 100).toFixed(1)} % of a core while something moves`,
    `           (a frame every ${lengthText(everyMs)}: what.everyMs)`,
    `Memory:    ${sizeText(rssBytes)} for its process`,
    `           (${runs} runs, ${threads} thread${threads === 1 ? "" : "s"})`,
  ];
}

function msText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
}
