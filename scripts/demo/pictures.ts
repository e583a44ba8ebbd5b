/**
 * Pictures: one of each step, numbered, and a line on the terminal.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

export class Pictures {
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Pictures> {
    await mkdir(folder, { recursive: true });
    return new Pictures(folder);
  }

  /** `name` becomes 03-name.jpg. */
  async take(page: Page, name: string, words: string): Promise<void> {
    this.#count += 1;
    const number = String(this.#count).padStart(2, "0");
    await page.waitForTimeout(400); // what moves has come to rest
    await page.screenshot({ path: join(this.#folder, `${number}-${name}.jpg`), type: "jpeg", quality: 70 });
    this.say(`${number}  ${words}`);
  }

  say(words: string): void {
    process.stdout.write(`${words}\n`);
  }
}
