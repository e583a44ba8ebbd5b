/**
 * useLabels: what the corrections of the past say of the thresholds that are kept; asked anew when those are others.
 */
import { useCallback } from "preact/hooks";
import type { LabelThresholds } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { useAsked, type Asked } from "../../look/use-asked.ts";
import type { Home } from "../../state/home.ts";
import { labelsOf } from "../api.ts";

export function useLabels(home: Home, kept: Zones): Asked<LabelThresholds> {
  const asked = JSON.stringify(kept);
  const ask = useCallback(() => labelsOf(kept), [asked]);
  return useAsked(ask, { clock: home.clock, everyMs: null });
}
