/**
 * UseLedgerWatch: one watch for as long as a person is in who may see the history.
 */
import { useEffect, useState } from "preact/hooks";
import type { Clock } from "../../hal/sensors.ts";
import { askDoorbell } from "./ask.ts";
import { LedgerWatch } from "./watch.ts";

export function useLedgerWatch(device: string, clock: Clock, isOn: boolean): LedgerWatch {
  const [watch] = useState(() => new LedgerWatch({ device, clock, shelf: localStorage, asked: askDoorbell }));
  useEffect(() => (isOn ? watch.start() : undefined), [watch, isOn]);
  return watch;
}
