/**
 * Files: the repository's own files, tracked or about to be, ignored ones left out.
 *
 * Git knows them. Where it does not (an unpacked archive, or a clone that belongs to another
 * user) the folder is walked, without what is installed, built or recorded.
 */
import { execFile } from "node:child_process";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { TextFile } from "./source.ts";

const binary = /\.(?:png|jpe?g|ico|onnx|mp4|woff2)$/u;
const notOurs = /^(?:node_modules|\.git|\.cache|data|portal-data|coverage|(?:portal\/)?web\/dist)(?:\/|$)/u;

/** Paths of plain files relative to the root, sorted. */
export async function repositoryPaths(root: string): Promise<string[]> {
  const paths = (await gitPaths(root)) ?? walk(root);
  return [...new Set(paths)].filter((path) => isFile(join(root, path))).sort();
}

async function gitPaths(root: string): Promise<string[] | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["ls-files", "-coz", "--exclude-standard"], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split("\0").filter((path) => path !== "");
  } catch {
    return null;
  }
}

function walk(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(root, join(folder, entry.name));
    if (notOurs.test(path)) return [];
    return entry.isDirectory() ? walk(root, join(folder, entry.name)) : [path];
  });
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function readTexts(root: string, paths: readonly string[]): TextFile[] {
  return paths
    .filter((path) => !binary.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
