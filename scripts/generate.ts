/**
 * `npm run generate`: writes the files that are made from others: example and reference from the
 * settings schema, the detector's SIMD kernel from its source. What is right
 * already is left alone. With --api also what the doorbell says of its API, for which a keeper is started.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "../config/generate.ts";
import { kernelCode } from "./kernel-code.ts";
import { openApiPath, openApiText } from "./openapi.ts";

const root = join(import.meta.dirname, "..");
const api = process.argv.includes("--api") ? [{ path: openApiPath, text: await openApiText() }] : [];
for (const { path, text } of [...generatedFiles(), await kernelCode(root), ...api]) {
  if (existsSync(join(root, path)) && readFileSync(join(root, path), "utf8") === text) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}
