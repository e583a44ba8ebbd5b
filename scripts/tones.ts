/**
 * Tones: writes every chime tone as a WAVE file, to listen to: `node scripts/tones.ts [FOLDER]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWav } from "../hal/pcm.ts";
import { toneNames, toneOf } from "../hal/tones/tones.ts";

const folder = process.argv[2] ?? "tones";
mkdirSync(folder, { recursive: true });
for (const name of toneNames) {
  const path = join(folder, `${name}.wav`);
  writeFileSync(path, writeWav(toneOf(name, 100)));
  process.stdout.write(`${path}\n`);
}
