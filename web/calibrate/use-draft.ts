/**
 * useDraft: the draft at hand, what the doorbell keeps, and saving with a way back.
 *
 * The zones may be changed elsewhere meanwhile: before it saves, the doorbell's are looked at again. One tap changes
 * one thing of those; a draft, or what was before, is not put over zones that are others by now.
 */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { getZones, putZones } from "./api.ts";
import { changed, draftOf, isSame, moved, undone, type Change, type Draft } from "./draft.ts";

export interface DraftDesk {
  /** Null while it loads. */
  readonly draft: Draft | null;
  readonly kept: Zones | null;
  readonly fault: Fault | null;
  readonly saving: "no" | "busy" | "saved" | "put-back" | Fault;
  /** Which way the last save went, so that its result is told there. */
  readonly by: "save" | "use";
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
  const [by, setBy] = useState<DraftDesk["by"]>("save");
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

  /** `of`: what is put, of what the doorbell has. What is tried stays tried, on what is kept then. */
  const put = async (of: (there: Zones) => Zones, way: "saved" | "put-back"): Promise<boolean> => {
    if (kept === null) return false;
    setSaving("busy");
    try {
      const there = await getZones();
      const zones = of(there);
      await putZones(zones);
      setKept(zones);
      setDraft((was) => was && moved(was, kept, zones));
      setBefore(way === "saved" ? there : null);
      setSaving(way);
      return true;
    } catch (error) {
      setSaving(toFault(error));
      return false;
    }
  };
  /** Only over what this page has seen. */
  const over =
    (zones: Zones) =>
    (there: Zones): Zones => {
      if (kept !== null && isSame(there, kept)) return zones;
      throw new Fault("invalid", "the zones were changed elsewhere meanwhile", {
        hint: "open this page again",
      });
    };
  const now = draft?.now ?? null;
  return {
    draft,
    kept,
    fault,
    saving,
    by,
    before,
    load,
    change(what, run) {
      setSaving((was) => (was === "busy" ? was : "no"));
      setDraft((was) => was && changed(was, what, run ?? null));
    },
    undo: () => setDraft((was) => was && undone(was)),
    async save() {
      setBy("save");
      if (now !== null && kept !== null && !isSame(now, kept)) await put(over(now), "saved");
    },
    async use(what) {
      setBy("use");
      if (await put((there) => changed(draftOf(there), what).now, "saved"))
        setDraft((was) => was && changed(was, what));
    },
    async putBack() {
      if (before !== null) await put(over(before), "put-back");
    },
  };
}
