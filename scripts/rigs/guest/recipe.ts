/**
 * Recipe: what kernel the guest has, and what making it needs. Pure.
 *
 * Debian's kernels have no gpio-sim, so one is made from Debian's own sources, as a program of this
 * machine (User-Mode Linux): no emulation, no right to virtualise, boots in a second.
 */
import { createHash } from "node:crypto";

/** Debian's package of the sources; bookworm's is the kernel of Raspberry Pi OS of that time. */
export const sourcePackage = "linux-source-6.1";

/** Programs that the build calls, with the Debian package that has each. */
export const buildTools: Readonly<Record<string, string>> = {
  make: "make",
  gcc: "gcc",
  "/usr/include/stdio.h": "libc6-dev",
  flex: "flex",
  bison: "bison",
  bc: "bc",
  xz: "xz-utils",
  "dpkg-deb": "dpkg",
  "apt-get": "apt",
};

/** What cached kernels of this configuration are called, whatever source they are from. */
export function configKey(config: string): string {
  return createHash("sha256").update(config).digest("hex").slice(0, 12);
}

/** The file name of one kernel in the cache: a new source or a new configuration is a new kernel. */
export function kernelName(version: string, config: string): string {
  return `linux-${version.replaceAll(/[^\w.-]/gu, "_")}-${configKey(config)}`;
}

/** The version that apt would install, out of `apt-cache policy`; null when it knows none. */
export function candidateVersion(policy: string): string | null {
  const version = /^\s*Candidate:\s*(\S+)/mu.exec(policy)?.[1];
  return version === undefined || version === "(none)" ? null : version;
}

/**
 * Options that were asked for and that the kernel's own configuration did not take: a line that is
 * misspelt, or one whose condition is not met. They would be missing in the guest without a word.
 */
export function refusedOptions(asked: string, made: string): string[] {
  const has = new Set(made.split("\n"));
  return asked
    .split("\n")
    .filter((line) => /^CONFIG_\w+=(?!n$)/u.test(line) && !has.has(line))
    .map((line) => line.slice(0, line.indexOf("=")));
}
