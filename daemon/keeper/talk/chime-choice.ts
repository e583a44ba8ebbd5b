/**
 * Chime choice: which tone a ring sounds through the speaker, and how loud.
 *
 * The samples are made when the choice is, not when somebody presses the button.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pcm } from "../../../hal/pcm.ts";
import { toneOf } from "../../../hal/tones/tones.ts";
import { privateFolder } from "../../files/modes.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { chimeChoiceSchema, type ChimeChoice } from "../../wire/api-talk.ts";

const first: ChimeChoice = { tone: "two-bars", volume: 80 };

export class ChimeTone {
  readonly #folder: string;
  #choice = first;
  #pcm: Pcm | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `used`: the tone is made now. A file that is broken counts as none. */
  async open(used: boolean): Promise<void> {
    try {
      this.#choice = chimeChoiceSchema.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch {
      this.#choice = first;
    }
    if (used) this.#pcm = toneOf(this.#choice.tone, this.#choice.volume);
  }

  get choice(): ChimeChoice {
    return this.#choice;
  }

  get pcm(): Pcm {
    this.#pcm ??= toneOf(this.#choice.tone, this.#choice.volume);
    return this.#pcm;
  }

  async choose(choice: ChimeChoice): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: privateFolder });
    await writeDurableJson(this.#path, choice);
    this.#choice = choice;
    this.#pcm = toneOf(choice.tone, choice.volume);
  }

  get #path(): string {
    return join(this.#folder, "chime.json");
  }
}
