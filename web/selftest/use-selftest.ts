/**
 * useSelftest: how far the doorbell's newest run is, asked again and again; twice a second while it runs.
 *
 * The run is the doorbell's: a page that is opened in the middle of one sees all of it.
 */
import { useEffect } from "preact/hooks";
import type { SelftestState } from "../../daemon/wire/api-selftest.ts";
import type { Clock } from "../../hal/sensors.ts";
import { useAsked, type Asked } from "../look/use-asked.ts";
import { getState } from "./api.ts";

const calmMs = 4_000;
const busyMs = 500;

export function useSelftest(clock: Clock): Asked<SelftestState> {
  const asked = useAsked(getState, { clock, everyMs: calmMs });
  const running = asked.value?.running === true;
  useEffect(() => (running ? clock.every(busyMs, asked.again) : undefined), [running, clock, asked.again]);
  return asked;
}
