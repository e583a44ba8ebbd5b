/**
 * Leaks: names of one machine that must not be in a repository.
 *
 * Registry hosts (a lock file that names one installs from there on every machine) and absolute
 * paths of somebody's home or work folder.
 */
import type { Finding, TextFile } from "./source.ts";

interface Pattern {
  readonly what: string;
  readonly pattern: RegExp;
}

const registryHosts = [
  ["registry", "npmjs", "org"],
  ["registry", "yarnpkg", "com"],
  ["npm", "pkg", "github", "com"],
];

const patterns: readonly Pattern[] = [
  {
    what: "registry host",
    pattern: new RegExp(registryHosts.map((words) => words.join(String.raw`\.`)).join("|"), "giu"),
  },
  { what: "registry address", pattern: /"resolved"\s*:\s*"https?:[^"]*"|^\s*registry\s*=.*$/gmu },
  {
    what: "path of one machine",
    pattern: /(?<![\w./~-])\/(?:home|root|Users|work|workspace|builds|mnt)\/[\w.-]+/gu,
  },
];

export function checkLeaks(files: readonly TextFile[]): Finding[] {
  return files.flatMap(({ path, text }) =>
    patterns.flatMap(({ what, pattern }) =>
      [...text.matchAll(pattern)].map((match) => ({
        path,
        line: text.slice(0, match.index).split("\n").length,
        message: `${what}: ${match[0].trim()}`,
      })),
    ),
  );
}
