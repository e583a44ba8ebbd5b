/**
 * Origin: where a value came from, so that an error and `sill config show` can say it.
 */
export type Origin =
  | { readonly kind: "default" }
  | { readonly kind: "file"; readonly file: string; readonly line: number | null }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "flag"; readonly name: string };

export function originText(origin: Origin): string {
  switch (origin.kind) {
    case "default":
      return "default";
    case "file":
      return origin.line === null ? origin.file : `${origin.file}:${origin.line}`;
    case "environment":
    case "flag":
      return origin.name;
  }
}

/** One layer of settings before they are checked: whatever was said, and where. */
export interface Layer {
  readonly value: unknown;
  /** Where the value at this path (or the closest thing above it) was said. */
  originOf(path: readonly PropertyKey[]): Origin;
}
