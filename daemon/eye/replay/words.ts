/**
 * Words: replay lines for people, and the bar that shows how far it is.
 */
import type { EventLine, ReplayLine } from "./lines.ts";
import { clockText } from "./clock-text.ts";
import { sweepText } from "./sweep/text.ts";

export function lineText(line: ReplayLine): string {
  switch (line.type) {
    case "event": {
      const span =
        line.kind === "ring"
          ? clockText(line.startMs)
          : `${clockText(line.startMs)} - ${clockText(line.endMs)}`;
      const where = line.zones.length === 0 ? "" : `  ${line.zones.join(", ")}`;
      const score = line.kind === "ring" ? "" : `  score ${Math.round(line.score)}`;
      return `${line.kind.padEnd(6)}  ${span.padEnd(21)}${score}${where}${seenText(line)}`;
    }
    case "frame":
      return `frame ${String(line.index).padStart(6)}  ${clockText(line.ptsMs)}  ${line.motion ? "motion" : "  -   "}  score ${Math.round(line.score)}`;
    case "sweep":
      return sweepText(line);
    case "summary": {
      const speed =
        line.cpuMs === 0 ? "" : `, ${(line.cpuMs / Math.max(1, line.frames)).toFixed(1)} ms CPU a frame`;
      const events = line.events === 1 ? "1 event" : `${line.events} events`;
      return `${line.file}: ${events} in ${clockText(line.durationMs)} (${line.frames} frames${speed})`;
    }
  }
}

/** "  person 0.87, animal 0.52; crossed 0:03.2" */
function seenText({ what = [], happenings = [] }: EventLine): string {
  const seen = what.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");
  const happened = happenings.map(({ kind, atMs }) => `${kind} ${clockText(atMs)}`).join(", ");
  const all = [seen, happened].filter((text) => text !== "").join("; ");
  return all === "" ? "" : `  ${all}`;
}

const barWidth = 30;

export class ProgressBar {
  readonly #name: string;
  readonly #write: (text: string) => void;
  #shown = "";

  constructor(name: string, write: (text: string) => void) {
    this.#name = name;
    this.#write = write;
  }

  show(doneFrac: number): void {
    const full = Math.round(doneFrac * barWidth);
    const percent = String(Math.floor(doneFrac * 100)).padStart(3);
    const text = `${this.#name} [${"=".repeat(full)}${" ".repeat(barWidth - full)}] ${percent} %`;
    if (text === this.#shown) return;
    this.#shown = text;
    this.#write(`\r${text}`);
  }

  clear(): void {
    if (this.#shown === "") return;
    this.#write(`\r${" ".repeat(this.#shown.length)}\r`);
    this.#shown = "";
  }
}
