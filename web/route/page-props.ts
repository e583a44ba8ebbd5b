/**
 * PageProps: what every page gets: the connection to the doorbell, and the person who is signed in.
 */
import type { Me } from "../identity/me.ts";
import type { Home } from "../state/home.ts";

export interface PageProps {
  readonly home: Home;
  readonly me: Me;
}
