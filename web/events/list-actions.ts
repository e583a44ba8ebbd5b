/**
 * What a row of the list can ask for.
 */
import type { Mark } from "../../daemon/wire/api-calibration.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { OpenWhat } from "./what-button.tsx";
import type { Home } from "../state/home.ts";

export interface ListActions {
  readonly home: Home;
  open(event: Event): void;
  /** Null: not for this person. */
  readonly remove: ((event: Event) => void) | null;
  /** Null: not for this person. */
  readonly mark: ((event: Event, mark: Mark | null) => void) | null;
  /** Null: not for this person. */
  readonly what: OpenWhat | null;
  focused(id: string): void;
}
