/**
 * In force: what a signed policy says, read from its envelope for display.
 */
import { fromBase64Url } from "../../daemon/identity/base64url.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { Size } from "../drawing/view.ts";
import { leastHours, maskFrom, mostHours, publishWays, type Ways } from "./policy-draft.ts";

export interface InForce {
  readonly version: number;
  readonly retentionHours: number;
  /** The picture on which the line was drawn. */
  readonly picture: Size;
  readonly mask: MaskShape;
  readonly ways: Ways;
}

/** Null when there is none, or nothing that can be read. */
export function readInForce(envelope: unknown): InForce | null {
  const payload = payloadOf(envelope);
  const mask = maskFrom(payload);
  if (payload === null || mask === null) return null;
  const { version, retentionHours } = payload;
  if (typeof version !== "number" || typeof retentionHours !== "number") return null;
  const hours = Math.min(mostHours, Math.max(leastHours, retentionHours));
  const picture = sizeOf(payload["picture"]);
  return picture === null ? null : { version, retentionHours: hours, picture, mask, ways: waysOf(payload) };
}

function sizeOf(value: unknown): Size | null {
  if (typeof value !== "object" || value === null) return null;
  const { width, height } = value as Record<string, unknown>;
  return typeof width === "number" && typeof height === "number" ? { width, height } : null;
}

/** What cannot be read is not open. */
function waysOf({ audio, publish }: Record<string, unknown>): Ways {
  const said = typeof publish === "object" && publish !== null ? (publish as Record<string, unknown>) : {};
  const open = publishWays.filter((way) => said[way] === true).map((way) => [way, true]);
  return { audio: audio === true, publish: Object.fromEntries(open) };
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
