/**
 * What a row of the list can ask for.
 */
import type { Event } from "../../daemon/wire/api.ts";
import type { Home } from "../state/home.ts";

export interface ListActions {
  readonly home: Home;
  open(event: Event): void;
  /** Null: not for this person. */
  readonly remove: ((event: Event) => void) | null;
  focused(id: string): void;
}
