/**
 * `npm run generate`: writes the files that are made from others: example and reference from the
 * settings schema, the detector's SIMD kernel from its source. What is right already is left alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "../config/generate.ts";
import { kernelCode } from "./kernel-code.ts";

const root = join(import.meta.dirname, "..");
for (const { path, text } of [...generatedFiles(), await kernelCode(root)]) {
  if (existsSync(join(root, path)) && readFileSync(join(root, path), "utf8") === text) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}
