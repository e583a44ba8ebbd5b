/**
 * useDraft: the draft at hand, what the doorbell keeps, and saving with a way back.
 *
 * The zones page may be open elsewhere: before it saves, the doorbell's zones are looked at again, and
 * polygons that changed meanwhile are not overwritten with older ones.
 */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { getZones, putZones } from "./api.ts";
import { changed, draftOf, isSame, undone, type Change, type Draft } from "./draft.ts";

export interface DraftDesk {
  /** Null while it loads. */
  readonly draft: Draft | null;
  readonly kept: Zones | null;
  readonly fault: Fault | null;
  readonly saving: "no" | "busy" | "saved" | "put-back" | Fault;
  /** What was kept before the last save; null = nothing to go back to. */
  readonly before: Zones | null;
  readonly load: () => void;
  readonly change: (change: Change, run?: string) => void;
  readonly undo: () => void;
  readonly save: () => Promise<void>;
  /** This change alone is saved; what else is tried stays tried. */
  readonly use: (change: Change) => Promise<void>;
  /** The doorbell gets what it had before the last save. */
  readonly putBack: () => Promise<void>;
}

export function useDraft(): DraftDesk {
  const [kept, setKept] = useState<Zones | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [before, setBefore] = useState<Zones | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState<DraftDesk["saving"]>("no");
  const load = useCallback(() => {
    setFault(null);
    getZones().then(
      (zones) => {
        setKept(zones);
        setDraft(draftOf(zones));
      },
      (error: unknown) => setFault(toFault(error)),
    );
  }, []);
  useEffect(load, [load]);

  const put = async (zones: Zones, way: "saved" | "put-back"): Promise<boolean> => {
    setSaving("busy");
    try {
      const there = await getZones();
      if (JSON.stringify(there.zones.map(placeOf)) !== JSON.stringify(zones.zones.map(placeOf)))
        throw new Fault("invalid", "the zones were drawn anew meanwhile", { hint: "open this page again" });
      await putZones(zones);
      setKept(zones);
      setBefore(way === "saved" ? there : null);
      setSaving(way);
      return true;
    } catch (error) {
      setSaving(toFault(error));
      return false;
    }
  };
  const now = draft?.now ?? null;
  return {
    draft,
    kept,
    fault,
    saving,
    before,
    load,
    change(what, run) {
      setSaving((was) => (was === "busy" ? was : "no"));
      setDraft((was) => was && changed(was, what, run ?? null));
    },
    undo: () => setDraft((was) => was && undone(was)),
    async save() {
      if (now !== null && kept !== null && !isSame(now, kept)) await put(now, "saved");
    },
    async use(what) {
      if (kept === null) return;
      if (await put(changed(draftOf(kept), what).now, "saved")) setDraft((was) => was && changed(was, what));
    },
    async putBack() {
      if (before === null) return;
      const to = before;
      if (await put(to, "put-back")) setDraft((was) => was && changed(was, { do: "all", zones: to }));
    },
  };
}

function placeOf({ name, polygon }: Zones["zones"][number]): unknown {
  return [name, polygon];
}
