/** A doorbell with everything, on which nothing is wrong. */
import type { Facts } from "../../../../daemon/wire/told.ts";

export const someFacts: Facts = {
  type: "facts",
  device: "0123456789abcdef",
  name: "Doorbell",
  version: "0.1.0",
  page: null,
  camera: "running",
  motion: false,
  pir: "quiet",
  recording: false,
  watched: false,
  snoozed: false,
  privacy: false,
  tamper: false,
  masked: false,
  diskFull: false,
  diskFreeMb: 12_300,
  temperatureC: 41,
  problems: [],
};
