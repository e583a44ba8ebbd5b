/**
 * What a row of the list can ask for.
 */
import type { Event } from "../../daemon/wire/api.ts";
import type { Home } from "../state/home.ts";

export interface ListActions {
  readonly home: Home;
  open(event: Event): void;
  remove(event: Event): void;
  focused(id: string): void;
}
