/** Visit: what is said of one event; that a parcel is never said more surely than whoever brings it. */
import { expect, test } from "vitest";
import { countsOf } from "../../../../daemon/calibration/labels/propose.ts";
import { samplesOf, type LabelEvent } from "../../../../daemon/calibration/labels/samples.ts";
import { believe, believed, noBelief } from "../../../../daemon/sight/what/belief.ts";
import { Visit } from "../../../../daemon/sight/what/visit.ts";

test("a parcel that lies there is no surer than a track can be: 98 % hides it, as the page says", () => {
  const visit = new Visit("e1", 0);
  visit.lies({ label: "parcel", score: 0.99 });
  const track = believed(believe(noBelief, { label: "parcel", score: 0.99 }));
  const said = visit.told(true).what.map(({ label, score }) => ({ label, score }));
  expect(said[0]?.score).toBeCloseTo(track?.score ?? 0, 9);
  const unjudged = { corrected: null, mark: null, zones: [], pir: "unknown" } as const;
  const event: LabelEvent = { ...unjudged, kind: "motion", said, what: [], whatScores: [], zones: [] };
  const samples = samplesOf("parcel", [event]);
  expect([97, 98].map((from) => countsOf(samples, from).called)).toEqual([1, 0]);
});

test("a parcel that is less sure keeps its number", () => {
  const visit = new Visit("e1", 0);
  visit.lies({ label: "parcel", score: 0.71 });
  expect(visit.told(true).what).toMatchObject([{ label: "parcel", score: 0.71 }]);
});
