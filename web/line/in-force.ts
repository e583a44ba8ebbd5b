/**
 * In force: what a signed policy says, read from its envelope for display.
 */
import { fromBase64Url } from "../../daemon/identity/base64url.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { leastHours, maskFrom, mostHours } from "./policy-draft.ts";

export interface InForce {
  readonly version: number;
  readonly retentionHours: number;
  readonly mask: MaskShape;
}

/** Null when there is none, or nothing that can be read. */
export function readInForce(envelope: unknown): InForce | null {
  const payload = payloadOf(envelope);
  const mask = maskFrom(payload);
  if (payload === null || mask === null) return null;
  const { version, retentionHours } = payload;
  if (typeof version !== "number" || typeof retentionHours !== "number") return null;
  return { version, retentionHours: Math.min(mostHours, Math.max(leastHours, retentionHours)), mask };
}

function payloadOf(envelope: unknown): Record<string, unknown> | null {
  if (typeof envelope !== "object" || envelope === null || !("payload" in envelope)) return null;
  if (typeof envelope.payload !== "string") return null;
  const bytes = fromBase64Url(envelope.payload);
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
