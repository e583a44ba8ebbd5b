/**
 * Flood rig: requests by the thousand that no owner should ever see, of every kind a hostile agency or a lying portal
 * could put into the log, and requests as they are.
 *
 * The same number gives the same flood. Forged ones bear the key of a real agency and are aimed at the
 * test houses: everything about them is right but the signature.
 */
import type { Request } from "../../daemon/consent/request.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { requestEnvelope, signed, testPlace, testRequest, type TestAgency } from "./agency.ts";

export const floodKinds = [
  "forged",
  "over-broad",
  "replayed",
  "malformed",
  "third in a case",
  "unknown",
] as const;
export type FloodKind = (typeof floodKinds)[number];

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Ways to ask for too much, or for too little to be anything but one home. */
const overBroad: readonly ((good: Request) => Partial<Request>)[] = [
  ({ area }) => ({ area: { ...area, radiusM: 5_000 } }),
  ({ area }) => ({ area: { ...area, radiusM: 20 } }),
  ({ window, issuedAt }) => ({ window: { from: window.from, to: issuedAt + minuteMs } }),
  ({ window }) => ({ window: { from: window.to - minuteMs, to: window.to } }),
  ({ window }) => ({ window: { from: window.to - dayMs, to: window.to } }),
  ({ issuedAt }) => ({ window: { from: issuedAt - 60 * dayMs, to: issuedAt - 60 * dayMs + 30 * minuteMs } }),
  ({ issuedAt }) => ({ expiresAt: issuedAt + 365 * dayMs }),
  () => ({ keepDays: 3_650 }),
];

const malformed: readonly ((good: Request) => unknown)[] = [
  (good) => ({ ...good, standing: true }),
  (good) => ({ ...good, incidentType: "protest" }),
  ({ case: _case, ...rest }) => rest,
  (good) => ({ ...good, area: "everywhere" }),
  () => null,
];

/** `count` entries of the log, by an agency whose profile is known. */
export function* flood(
  agency: TestAgency,
  { nowMs, count, kinds = floodKinds }: { nowMs: number; count: number; kinds?: readonly FloodKind[] },
): Generator<Envelope> {
  const first = requestEnvelope(agency, testRequest(agency, { nowMs, number: 1 }));
  // signed once: what is refused before its signature is asked need not bear a new one each
  const sig = first.signatures[0]?.sig ?? "";
  const unsigned = (value: unknown): Envelope => ({
    payloadType: payloadTypes.request,
    payload: Buffer.from(JSON.stringify(value)).toString("base64url"),
    signatures: [{ keyid: agency.keys.signKey, sig }],
  });
  for (let i = 0; i < count; i += 1) {
    const good = testRequest(agency, { nowMs, number: 1_000 + i });
    switch (kinds[i % kinds.length] ?? "forged") {
      case "forged":
        yield unsigned(good);
        break;
      case "over-broad":
        yield unsigned({ ...good, ...overBroad[i % overBroad.length]?.(good) });
        break;
      case "replayed":
        yield first;
        break;
      case "malformed":
        yield unsigned(malformed[i % malformed.length]?.(good));
        break;
      case "third in a case":
        yield unsigned({ ...good, case: "2026/1" });
        break;
      case "unknown":
        yield unsigned({ ...good, agency: "no-such-agency" });
        break;
    }
  }
}

/** A country's requests: right in every way, each in a square kilometre of its own, one in `near` at the test houses. */
export function* everyday(
  agencies: readonly TestAgency[],
  { nowMs, count, near }: { nowMs: number; count: number; near: number },
): Generator<Envelope> {
  for (let i = 0; i < count; i += 1) {
    const agency = agencies[i % agencies.length];
    if (agency === undefined) return;
    const away = i % near === 0 ? 0 : 0.02 + (i % 1_000) / 10_000;
    const area = { lat: testPlace.lat + away, lon: testPlace.lon, radiusM: 300 };
    const request = testRequest(agency, { nowMs, number: 1_000 + i, area });
    yield signed(agency.keys, payloadTypes.request, request);
  }
}
