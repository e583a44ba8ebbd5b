/**
 * Painter: some rows of a terminal that are drawn over again and again, and left tidy.
 *
 * No line is wider than the terminal, none is below its end, so that going up as many lines as were
 * drawn always finds the first. The cursor is hidden meanwhile; `end` shows it again.
 */
import type { Screen } from "../terminal.ts";

const hide = "\u001B[?25l";
const show = "\u001B[?25h";
const clearToEnd = "\u001B[J";

export class Painter {
  readonly #screen: Screen;
  #drawn = 0;
  #open = true;

  constructor(screen: Screen) {
    this.#screen = screen;
    screen.write(hide);
  }

  paint(lines: readonly string[]): void {
    if (!this.#open) return;
    const { columns, rows } = this.#screen.size();
    const most = Math.max(1, rows - 1);
    const shown =
      lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines.length - most + 1} more lines`];
    const text = shown.map((line) => line.slice(0, columns)).join("\r\n");
    const up = this.#drawn === 0 ? "\r" : `\u001B[${this.#drawn}A\r`;
    this.#screen.write(`${up}${clearToEnd}${text}\r\n`);
    this.#drawn = shown.length;
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#screen.write(show);
  }
}
