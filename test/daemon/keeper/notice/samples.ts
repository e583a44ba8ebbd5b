/** Facts of doorbells: one whose owner has said everything, one who has said nothing, one who says the most. */
import type { NoticeFacts } from "../../../../daemon/keeper/notice/facts.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";

export const complete: NoticeFacts = {
  controller: "Household at number 12",
  contact: "doorbell@example.org",
  purpose: "To see who rings",
  retentionHours: 72,
  shape: porchPolicy,
  picture: { width: 1280, height: 720 },
  address: "https://192.0.2.20:8460/notice",
  simulated: false,
  heard: false,
  given: false,
};

export const silent: NoticeFacts = {
  ...complete,
  controller: null,
  contact: null,
  purpose: null,
  shape: null,
  address: null,
  simulated: true,
};

/** As long as the settings allow, in the widest letters. */
export const longest: NoticeFacts = {
  ...complete,
  controller: "W".repeat(80),
  contact: "W".repeat(120),
  purpose: "Wide words ".repeat(19).slice(0, 200),
  retentionHours: 719,
  address: `https://example.org/${"x".repeat(280)}`,
  simulated: true,
  heard: true,
  given: true,
};
