/**
 * UseAlerts: rules, snoozes and what was told, fresh as often as the doorbell says that they changed.
 */
import { useEffect, useState } from "preact/hooks";
import { Fault, toFault } from "../../hal/fault.ts";
import type { AlertsView } from "../../daemon/wire/api-alerts.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { getAlerts } from "./api.ts";

export interface Alerts {
  readonly view: AlertsView | null;
  /** Why there is none. */
  readonly fault: Fault | null;
  /** A change was answered with this. */
  readonly set: (view: AlertsView) => void;
}

interface Options {
  /** Also what is told and held, not only rules and snoozes. */
  readonly withTold: boolean;
}

export function useAlerts(home: Home, { withTold }: Options): Alerts {
  const [view, setView] = useState<AlertsView | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const rulesSeen = useStore(home.store, (model) => model.rulesSeen);
  const toldSeen = useStore(home.store, (model) => (withTold ? model.toldSeen : 0));
  const link = useStore(home.store, (model) => model.link);
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const answer = await getAlerts().catch((error: unknown) => toFault(error));
      if (!wanted) return;
      if (answer instanceof Fault) return setFault(answer);
      setView(answer);
      setFault(null);
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [rulesSeen, toldSeen, link]);
  return { view, fault: view === null ? fault : null, set: setView };
}
