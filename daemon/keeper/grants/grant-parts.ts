/**
 * Grant parts: what the pieces of a grant book have in common.
 */
import type { GrantPorts } from "./ports.ts";
import type { Recordings } from "./recordings.ts";
import type { Shelf } from "./shelf.ts";

export interface GrantParts {
  readonly ports: GrantPorts;
  readonly shelf: Shelf;
  readonly recordings: Recordings;
}
