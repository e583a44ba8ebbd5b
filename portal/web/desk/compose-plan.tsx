/**
 * ComposePlan: the place of a request, picked on the plan inside the agency's territory.
 *
 * A click says the middle; with the plan focused, Shift and the arrow keys move it by ten metres.
 */
import { useMemo } from "preact/hooks";
import type { Agency } from "../../../daemon/consent/agency.ts";
import type { Place } from "../../../daemon/consent/common.ts";
import { Plan } from "../plan/plan.tsx";
import { words } from "../words.ts";
import { numberOf, placeOf, type Draft } from "./draft.ts";
import { deskWords } from "./words.ts";

const stepM = 10;
const metresPerDegree = 111_195;

interface Props {
  readonly draft: Draft;
  readonly agency: Agency;
  readonly onDraft: (draft: Draft) => void;
}

export function ComposePlan({ draft, agency, onDraft }: Props) {
  const place = placeOf(draft);
  const radiusM = numberOf(draft.radiusM) ?? 0;
  const outlines = useMemo(
    () => [{ id: agency.id, label: words.plan.territory, corners: agency.jurisdiction }],
    [agency],
  );
  const circles = useMemo(
    () =>
      place === null
        ? []
        : [{ id: "draft", ...place, radiusM, look: "draft" as const, label: deskWords.compose.where }],
    [place?.lat, place?.lon, radiusM],
  );
  const put = ({ lat, lon }: Place): void => onDraft({ ...draft, lat: lat.toFixed(5), lon: lon.toFixed(5) });
  const onKey = (key: KeyboardEvent): boolean => {
    const step = steps[key.key];
    if (!key.shiftKey || step === undefined || place === null) return false;
    const degree = stepM / metresPerDegree;
    put({
      lat: place.lat + step.north * degree,
      lon: place.lon + (step.east * degree) / Math.cos((place.lat * Math.PI) / 180),
    });
    return true;
  };
  return (
    <Plan
      label={deskWords.compose.whereNote}
      circles={circles}
      outlines={outlines}
      fitTo="outlines"
      onPlace={put}
      onKey={onKey}
    />
  );
}

const steps: Readonly<Record<string, { readonly north: number; readonly east: number }>> = {
  ArrowUp: { north: 1, east: 0 },
  ArrowDown: { north: -1, east: 0 },
  ArrowLeft: { north: 0, east: -1 },
  ArrowRight: { north: 0, east: 1 },
};
