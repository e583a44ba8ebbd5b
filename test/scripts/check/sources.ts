import { parseSource, type Source } from "../../../scripts/check/source.ts";

/** Sources from a table of path and text. */
export function sources(files: Readonly<Record<string, string>>): Source[] {
  return Object.entries(files).map(([path, text]) => parseSource({ path, text }));
}
