/**
 * useZones: the zones that the doorbell keeps, and saving others.
 */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { type Fault, toFault } from "../../hal/fault.ts";
import { ask } from "../state/api.ts";

export interface KeptZones {
  /** Null while they load. */
  readonly kept: Zones | null;
  readonly fault: Fault | null;
  readonly saving: "no" | "busy" | "done" | Fault;
  load(): Promise<void>;
  save(zones: Zones): Promise<void>;
}

async function getZones(): Promise<Zones> {
  return (await (await ask("/api/zones")).json()) as Zones;
}

async function putZones(zones: Zones): Promise<void> {
  const headers = { "content-type": "application/json" };
  await ask("/api/zones", { method: "PUT", body: JSON.stringify(zones), headers });
}

export function useZones(): KeptZones {
  const [kept, setKept] = useState<Zones | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState<KeptZones["saving"]>("no");
  const load = useCallback(async () => {
    setFault(null);
    try {
      setKept(await getZones());
    } catch (error) {
      setFault(toFault(error));
    }
  }, []);
  useEffect(() => void load(), [load]);
  return {
    kept,
    fault,
    saving,
    load,
    async save(zones) {
      setSaving("busy");
      try {
        await putZones(zones);
        setKept(zones);
        setSaving("done");
      } catch (error) {
        setSaving(toFault(error));
      }
    },
  };
}
