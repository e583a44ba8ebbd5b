/**
 * feedRound: the log's checkpoint, then its entries from the one the keeper has checked up to.
 *
 * Everything is handed on as it came. Of the checkpoint only the size is read, to know what there is to
 * fetch, and it is a stranger's claim: whatever it says, a round ends after maxRoundBundles, maxRoundBytes or
 * maxRoundMs, with feed-end at the size reached. A portal whose log has shrunk is asked for nothing
 * more: its checkpoint goes to the keeper, who knows what that means.
 *
 * Rejects with a Fault in words; what was sent before it stays sent (the keeper forgets it at feed-failed).
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { entriesPath, tileWidth } from "../../ledger/tiles.ts";
import {
  maxBundleBytes,
  maxCheckpointChars,
  maxRoundBundles,
  maxRoundBytes,
  type CourierToKeeper,
} from "../../wire/messages.ts";
import type { Call } from "../http/client.ts";
import type { Answer } from "../http/exchange.ts";
import { limits } from "../http/limits.ts";
import { statusFault } from "../http/words.ts";

export const maxRoundMs = 15 * 60_000;

export interface RoundOptions {
  /** portal.url. */
  readonly portal: string;
  /** Entries that the keeper has checked. */
  readonly from: number;
  readonly clock: Clock;
  readonly call: (call: Call) => Promise<Answer>;
  /** Resolves when the keeper has room for another bundle. */
  readonly send: (message: CourierToKeeper) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Resolves to the size reached. */
export async function feedRound(options: RoundOptions): Promise<number> {
  const { clock, from, send } = options;
  const untilMs = clock.monoMs() + maxRoundMs;
  const text = textOf(await get(options, "checkpoint", maxCheckpointChars));
  const size = claimedSize(text);
  await send({ type: "feed-checkpoint", text });
  let reached = Math.min(from, size);
  let bytes = 0;
  for (let bundle = 0; reached < size; bundle += 1) {
    if (bundle >= maxRoundBundles || bytes >= maxRoundBytes || clock.monoMs() >= untilMs) break;
    const index = Math.floor(reached / tileWidth);
    const width = Math.min(tileWidth, size - index * tileWidth);
    const entries = await get(options, entriesPath(index, width), maxBundleBytes);
    bytes += entries.length;
    await send({ type: "feed-bundle", index, width, bytes: Buffer.from(entries).toString("base64") });
    reached = index * tileWidth + width;
  }
  await send({ type: "feed-end", size: reached });
  return reached;
}

async function get(
  { portal, call, signal }: RoundOptions,
  path: string,
  mostBytes: number,
): Promise<Uint8Array> {
  const url = `${portal.replace(/\/+$/u, "")}/log/${path}`;
  const answer = await call({ method: "GET", url, mostBytes, totalMs: limits.bulkMs, signal });
  if (answer.status !== 200) throw statusFault(answer.status, new URL(portal).host);
  return answer.body;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Fault("invalid", "the portal's checkpoint is no text", { cause: error });
  }
}

/** The second line of a checkpoint (C2SP tlog-checkpoint). */
export function claimedSize(checkpoint: string): number {
  const line = checkpoint.split("\n", 2)[1] ?? "";
  const size = /^(?:0|[1-9]\d{0,15})$/u.test(line) ? Number(line) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new Fault("invalid", "the portal's checkpoint has no size");
  return size;
}
