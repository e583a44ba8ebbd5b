/**
 * Open labels: what a data folder's events say of each label's threshold; as the page asks it, without a doorbell.
 */
import { answerOf } from "../../calibration/labels/answer.ts";
import { HeldDays } from "../../keeper/calibration/held.ts";
import { pastEvents } from "../../keeper/calibration/past-events.ts";
import { readZones } from "../../keeper/zones-file.ts";
import type { LabelThresholds } from "../../wire/api-calibration.ts";
import { dataPaths } from "../../wire/paths.ts";
import type { Call } from "../command.ts";
import { openIndex } from "../open-index.ts";
import { whenOf } from "./when.ts";

const hourMs = 3_600_000;

export async function openLabels(call: Call): Promise<LabelThresholds> {
  const { settings } = call.settings();
  const paths = dataPaths(settings.data);
  using index = openIndex(settings);
  const [newest] = index.reader.events({ before: null, limit: 1, kind: null });
  // a copied folder knows nothing of the time since it was copied
  const { span: held } = await new HeldDays().look(paths.motion);
  const endWallMs = Math.max(held?.toWallMs ?? 0, newest?.startWallMs ?? 0) || Date.now();
  const { retentionHours } = settings.storage;
  const span = whenOf(
    call,
    { fromWallMs: endWallMs - retentionHours * hourMs, toWallMs: endWallMs },
    endWallMs,
  );
  const drawn = await readZones(paths.zones, settings.motion);
  const events = pastEvents(index.reader, span).filter(({ startWallMs }) => startWallMs >= span.fromWallMs);
  const ignoredHours = Math.min(settings.what.ignoredHours, retentionHours);
  return answerOf(drawn, events, { ...span, ignoredHours });
}
