/**
 * Files: the repository's own files, tracked or about to be, ignored ones left out.
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TextFile } from "./source.ts";

const binary = /\.(?:png|jpe?g|ico|onnx|mp4|woff2)$/u;

/** Paths relative to the root, sorted. Needs git and a clone. */
export async function repositoryPaths(root: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)("git", ["ls-files", "-coz", "--exclude-standard"], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(stdout.split("\0"))]
    .filter((path) => path !== "" && existsSync(join(root, path)))
    .sort();
}

export function readTexts(root: string, paths: readonly string[]): TextFile[] {
  return paths
    .filter((path) => !binary.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
