/**
 * Cost: CPU per frame from the decoded picture to the decision, ours and the peers', on the same frames.
 *
 * In turns, the median of the rounds. A second of the busy porch goes round and round, masked. Ours
 * is measured around its call; a peer measures itself around its own (opencv.py, motion-feed.c): reading frames from
 * the pipe, decoding and colour conversion count for nobody.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import { Fault } from "../../../hal/fault.ts";
import { porchFps } from "../clip.ts";
import { cpuPerCall, median } from "../cpu.ts";
import { porchFrames } from "../porch-frames.ts";
import { bytesOf } from "./show.ts";
import type { Showing, Watcher } from "./watcher.ts";

const rounds = 3;
const ourFrames = 1_500;
const peerFrames = 180;

/** Name to CPU ms a frame; "ours" is one of them. */
export async function costs(peers: readonly Watcher[], size: FrameGeometry): Promise<Map<string, number>> {
  const opening = rasteriseOpening(size, porchPolicy);
  const masker = createMasker(opening);
  const frames = porchFrames(size.width, size.height).map((raw) =>
    masker.apply(raw, createPlainMemory(size.width, size.height)),
  );
  const showing: Showing = { ...size, fps: porchFps, visible: opening.luma };
  const measured = new Map<string, number[]>();
  const add = (name: string, ms: number): void =>
    void measured.set(name, [...(measured.get(name) ?? []), ms]);
  for (let round = 0; round < rounds; round += 1) {
    add("ours", ourMs(frames, showing));
    for (const peer of peers) add(peer.name, await peerMs(peer, frames, showing));
  }
  return new Map([...measured].map(([name, values]) => [name, median(values)]));
}

function ourMs(frames: readonly MaskedFrame[], showing: Showing): number {
  const motion = createMotion({ ...showing, settings: settingsSchema.parse({}).motion });
  return cpuPerCall((call) => {
    const frame = frames[call % frames.length];
    if (frame === undefined) throw new Fault("bug", "no frame to measure with");
    motion.handle(frame);
  }, ourFrames);
}

async function peerMs(peer: Watcher, frames: readonly MaskedFrame[], showing: Showing): Promise<number> {
  const watching = peer.open(showing);
  const pictures = frames.map((frame) => ({ frame, bytes: bytesOf(frame) }));
  for (let i = 0; i < peerFrames; i += 1) {
    const shown = pictures[i % pictures.length];
    if (shown !== undefined) await watching.show(shown);
  }
  return (await watching.end()).frameMs;
}
