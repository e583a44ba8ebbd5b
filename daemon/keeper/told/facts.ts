/**
 * Facts: how the doorbell is, as other systems of the house are told (wire/told.ts).
 */
import { createHash } from "node:crypto";
import type { Facts } from "../../wire/told.ts";
import type { Parts } from "../parts.ts";
import { problemTexts } from "../problems.ts";
import { statusOf } from "../status.ts";
import { house } from "./rules-book.ts";

const mostProblems = 8;
const mostChars = 200;
const mb = 1_048_576;
/** Free space changes with every recording: told in steps, so that it is no clock of what goes on. */
const stepMb = 100;

export interface Also {
  readonly celsius: number | null;
  /** The page, for the home network; null = it is for this machine only. */
  readonly page: string | null;
}

/** Names the doorbell to others for good, and is not its key. */
export function deviceId(device: string): string {
  return createHash("sha256").update("sill device id\n").update(device).digest("hex").slice(0, 16);
}

export function houseFacts(parts: Parts, { celsius, page }: Also): Facts {
  const { people, settings, book, sensors, live, heat, rules } = parts;
  const status = statusOf(parts);
  const { version, camera, mask, storage, recording } = status;
  // at the broker it would stand there, retained, just when it is over
  const ofBroker = parts.courier.status?.mqtt?.fault?.message;
  const isTripped = mask.guard?.state === "tripped";
  return {
    type: "facts",
    device: deviceId(people.device.device),
    name: settings.mqtt.name,
    version,
    page,
    camera: camera.state,
    motion: book.open.some(({ kind }) => kind === "motion"),
    pir: settings.pir.driver === "none" ? null : sensors.pir.said.state,
    recording: recording !== null,
    watched: live.viewers + heat.viewers > 0,
    snoozed: rules.snooze(house) !== null,
    privacy: status.privacy.closed,
    tamper: isTripped,
    masked: isTripped || status.privacy.closed || mask.fault !== undefined || mask.visibleFrac === 0,
    diskFull: storage.full,
    diskFreeMb: storage.freeBytes > 0 ? Math.floor(storage.freeBytes / mb / stepMb) * stepMb : null,
    temperatureC: celsius === null ? null : Math.round(celsius),
    problems: problemTexts(parts, status)
      .filter((problem) => problem !== ofBroker)
      .slice(0, mostProblems)
      .map((problem) => problem.slice(0, mostChars)),
  };
}
