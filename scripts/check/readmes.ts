/**
 * READMEs: every folder says what lives in it, in at most 30 lines.
 *
 * Exempt: folders below test/ that only mirror the tree (test/README.md explains them), folders
 * of pictures, hidden folders, and the length of the repository's own README.
 */
import { posix } from "node:path";
import type { Finding, TextFile } from "./source.ts";

const maxLines = 30;
const exempt = [
  /^\./u,
  /^(?:portal\/)?web\/public$/u,
  /^test\/(?:config|daemon|hal|models|scripts|web|portal)(?:\/|$)/u,
  /^docs\/images(?:\/|$)/u,
];

/** Folders that hold a file, and the folders above them. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder))
      folders.add(folder);
  }
  return folders;
}

/** `paths` are all files; `readmes` the texts of those named README.md. */
export function checkReadmes(paths: readonly string[], readmes: readonly TextFile[]): Finding[] {
  const texts = new Map(readmes.map(({ path, text }) => [path, text]));
  return [...foldersOf(paths)]
    .filter((folder) => !exempt.some((pattern) => pattern.test(folder)))
    .sort()
    .flatMap((folder) => {
      const path = `${folder}/README.md`;
      const text = texts.get(path);
      if (text === undefined) return [{ path, line: 1, message: "missing: what lives here, what must not" }];
      const lines = text.trimEnd().split("\n").length;
      return lines > maxLines
        ? [{ path, line: maxLines + 1, message: `${lines} lines; at most ${maxLines}` }]
        : [];
    });
}
