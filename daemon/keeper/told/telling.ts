/**
 * Telling: one thing that is told of an event now, and whom. Pure.
 */
import { toldAs, toldKinds, type AlertKind, type ToldKind } from "../../alerts/kinds.ts";
import { house } from "./rules-book.ts";

/** Who is told. */
export interface Whom {
  /** ntfy and webhook. */
  readonly house: boolean;
  /** Ids. */
  readonly persons: readonly string[];
}

export interface Telling extends Whom {
  readonly kind: ToldKind;
  /** The house's broker. */
  readonly broker: boolean;
}

export function whomOf(told: readonly string[]): Whom {
  return { house: told.includes(house), persons: told.filter((listener) => listener !== house) };
}

/** One of each kind. */
export function tellingsOf(
  broker: readonly ToldKind[],
  told: ReadonlyMap<AlertKind, readonly string[]>,
): Telling[] {
  return toldKinds.flatMap((kind) => {
    const listeners = [...told].flatMap(([each, who]) => (toldAs(each) === kind ? who : []));
    if (listeners.length === 0 && !broker.includes(kind)) return [];
    return [{ kind, broker: broker.includes(kind), ...whomOf(listeners) }];
  });
}
