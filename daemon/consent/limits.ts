/**
 * Limits: what a request may ask at most, and at least.
 *
 * Floors matter as much as ceilings: a circle of 20 m or a window of two minutes is a private demand
 * aimed at one home.
 */
const minuteMs = 60_000;
const dayMs = 86_400_000;

export const limits = {
  minRadiusM: 150,
  maxRadiusM: 400,
  minWindowMs: 15 * minuteMs,
  maxWindowMs: 12 * 60 * minuteMs,
  /** How long before `issuedAt` the window may begin. */
  maxAgeMs: 45 * dayMs,
  maxLifetimeMs: 14 * dayMs,
  maxRequestsPerCase: 2,
  maxKeepDays: 365,
  /** A device's clock may lag behind an agency's by so much. */
  clockSlackMs: 5 * minuteMs,
} as const;
