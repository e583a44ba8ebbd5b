/** Arch: one machine, as Debian and as Node call it. */
export interface Arch {
  readonly debian: "amd64" | "arm64";
  readonly node: "x64" | "arm64";
}

export const arches: readonly Arch[] = [
  { debian: "amd64", node: "x64" },
  { debian: "arm64", node: "arm64" },
];
