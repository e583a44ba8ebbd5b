/**
 * useLabels: what the corrections of the past say of the thresholds that are kept; asked anew when those are others,
 * and when an event that is over is told: somebody may have corrected it.
 */
import { useCallback, useEffect } from "preact/hooks";
import type { LabelThresholds } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { useAsked, type Asked } from "../../look/use-asked.ts";
import type { Home } from "../../state/home.ts";
import { labelsOf } from "../api.ts";

const settleMs = 500;

export function useLabels(home: Home, kept: Zones): Asked<LabelThresholds> {
  const asked = JSON.stringify(kept);
  const ask = useCallback(() => labelsOf(kept), [asked]);
  const labels = useAsked(ask, { clock: home.clock, everyMs: null });
  const { again } = labels;
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const end = home.onNotice((notice) => {
      if (notice.type !== "event" || notice.event.state === "open" || cancel !== null) return;
      // one question for several news
      cancel = home.clock.after(settleMs, () => {
        cancel = null;
        again();
      });
    });
    return () => {
      end();
      cancel?.();
    };
  }, [home, again]);
  return labels;
}
