/**
 * PageProps: what every page gets: the connection to the doorbell, the person who is signed in, and
 * what the address says beyond the page's own name.
 */
import type { Me } from "../identity/me.ts";
import type { LedgerWatch } from "../ledger/watch.ts";
import type { Home } from "../state/home.ts";

export interface PageProps {
  readonly home: Home;
  readonly me: Me;
  /** Has the record of this house only grown? */
  readonly ledger: LedgerWatch;
  /** "#/share/request/0a1b" of the page "share": ["request", "0a1b"]. */
  readonly rest: readonly string[];
}
