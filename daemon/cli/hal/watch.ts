/**
 * Watch: lines live, as a table that is drawn over on a terminal, or one line per edge where it is piped.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { textTable } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { feelLines } from "./feel.ts";
import type { Felt } from "./felt.ts";
import type { Interrupt } from "./interrupt.ts";
import { Painter } from "./painter.ts";
import { secondsText } from "./replay-text.ts";
import { blocks, letters, watchHead, WatchModel } from "./watch-model.ts";

export interface WatchOptions {
  readonly settings: Settings;
  readonly names: string | null;
  readonly clock: Clock;
  readonly until: Interrupt;
  readonly terminal: Terminal;
  readonly json: boolean;
}

const paintEveryMs = 200;
/** Blanks and columns beside the strip. */
const besideStrip = 46;

export async function watchLines(options: WatchOptions): Promise<void> {
  const { settings, names, clock, until, terminal } = options;
  const model = new WatchModel();
  const startMs = clock.monoMs();
  const live = terminal.screen !== null && !options.json;
  const tell = (felt: Felt): void => {
    model.take(felt, clock.monoMs());
    if (live) return;
    const atNs = Math.round((clock.monoMs() - startMs) * 1e6);
    const text = options.json ? JSON.stringify(plain(felt, atNs)) : feltText(felt, atNs);
    terminal.out(text);
  };
  const refused: string[] = [];
  await using feeling = await feelLines({
    settings,
    names,
    clock,
    tell,
    onRefused: (wish, fault) => {
      model.add({ line: wish.name, name: wish.name, active: null }, fault.message);
      refused.push(`${wish.name}: ${fault.message}`);
    },
  });
  for (const line of feeling.lines) model.add(line);
  const where = feeling.by === "house" ? "held by the running doorbell" : "taken by this command";
  const end = feeling.over.then((fault) => ({ fault }));
  if (!live) {
    terminal.err(`watching ${feeling.lines.map(({ line }) => line).join(", ")}, ${where}. Ctrl-C ends it.`);
    for (const words of refused) terminal.err(words);
    await Promise.race([until.stopped, end]);
    return;
  }
  const { screen, env } = terminal;
  if (screen === null) return;
  const glyphs = /utf-?8/iu.test(env["LC_ALL"] ?? env["LC_CTYPE"] ?? env["LANG"] ?? "") ? blocks : letters;
  const painter = new Painter(screen);
  const paint = (): void => {
    const cells = Math.max(10, Math.min(60, screen.size().columns - besideStrip));
    const rows = model.rows(clock.monoMs(), cells, glyphs);
    const table = textTable([[...watchHead], ...rows], { right: [2, 3] });
    painter.paint([...table, "", `${where}; Ctrl-C ends it`]);
  };
  const stop = clock.every(paintEveryMs, paint);
  try {
    paint();
    await Promise.race([until.stopped, end]);
    paint();
  } finally {
    stop();
    painter.end();
  }
}

export function feltText(felt: Felt, atNs: number): string {
  const at = `${secondsText(atNs)} s`;
  switch (felt.type) {
    case "edge":
      return `${at}  ${felt.line}  ${felt.edge.active ? "active" : "inactive"}`;
    case "outcome":
      return `${at}  ${felt.line}  settled ${felt.edge.active ? "active" : "inactive"}`;
    case "output":
      return `${at}  ${felt.line}  driven ${felt.light ?? (felt.active ? "active" : "inactive")}`;
    case "missed":
      return `${at}  ${felt.line}  ${felt.count} edges missed`;
    case "lost":
      return `${at}  ${felt.line}  lost: ${felt.fault.message}`;
    case "opened":
      return `${at}  ${felt.line}  there again`;
    case "camera":
      return `${at}  camera  ${felt.state}`;
    case "frame":
      return `${at}  camera  frame ${felt.sequence}`;
    case "picture":
      return `${at}  camera  picture of frame ${felt.sequence}`;
    case "left":
      return `${at}  ${felt.count} left out`;
  }
}

function plain(felt: Felt, atNs: number): object {
  switch (felt.type) {
    case "edge":
    case "outcome":
      return { type: felt.type, atNs, line: felt.line, active: felt.edge.active };
    case "lost":
      return { type: "lost", atNs, line: felt.line, fault: felt.fault.kind };
    case "picture":
      return { type: "picture", atNs, sequence: felt.sequence };
    case "camera":
    case "frame": {
      const { ns: _ns, ...rest } = felt;
      return { ...rest, atNs };
    }
    case "output":
    case "missed":
    case "opened":
    case "left":
      return { ...felt, atNs };
  }
}
