/**
 * Clip: one recording on its way to the disk.
 *
 * Its folder holds init segment, fragments, thumbnail and other pictures, each an age file sealed to whoever is a
 * viewer when it is written, and clip.json, which is plain. Every step is a job of the disk queue, so
 * steps happen in order: files are durable before the keeper hears of them. Units go in by `push`;
 * after `close` only a late picture is taken. A clip that the keeper heard of always ends for it too:
 * `failed` where even the end could not be written.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EncodedUnit, EncoderConfig } from "../../../hal/encoder.ts";
import { toFault } from "../../../hal/fault.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { readableFile, sweptFolder } from "../../files/modes.ts";
import { syncFolder, writeDurableJson } from "../../seal/durable.ts";
import type { Recipient } from "../../seal/age/keys.ts";
import { writeSealed, type Sealed } from "../../seal/write.ts";
import type { ClipManifest } from "../../wire/manifest.ts";
import type { EyeToKeeper } from "../../wire/messages.ts";
import { clipFiles, type PictureName } from "../../wire/paths.ts";
import { fragment, unitDurationsUs } from "../fmp4/fragment.ts";
import { initSegment } from "../fmp4/init.ts";
import type { DiskQueue } from "./disk-queue.ts";
import { FragmentCutter, type Run } from "./fragments.ts";

/**
 * At most two seconds of video may be lost by a crash or a power cut. What is lost is the open fragment and what is on
 * its way through encoder, seal and fsync: with 2 s of fragment it was 2.1 s on an idle machine with a fast disk.
 */
export const fragmentMaxUs = 1_500_000;

export type ManifestEvent = ClipManifest["events"][number];

export interface ClipOptions {
  readonly clip: string;
  readonly folder: string;
  readonly size: FrameGeometry;
  readonly config: EncoderConfig;
  readonly startUs: number;
  readonly startWallMs: number;
  readonly events: readonly ManifestEvent[];
  readonly queue: DiskQueue;
  /** Whom a file is sealed to that is written now. */
  readonly viewers: () => readonly Recipient[];
  readonly report: (message: EyeToKeeper) => void;
}

export class ClipRecording {
  readonly #options: ClipOptions;
  readonly #cutter = new FragmentCutter(fragmentMaxUs);
  readonly #events: ManifestEvent[];
  readonly #written: ClipManifest["fragments"] = [];
  readonly #pictures = new Set<PictureName>();
  #sequence = 0;
  #endUs: number;
  #told = false;

  constructor(options: ClipOptions) {
    this.#options = options;
    this.#events = [...options.events];
    this.#endUs = options.startUs;
    this.#enqueue(0, () => this.#open());
  }

  shows(event: string): boolean {
    return this.#events.some((each) => each.event === event);
  }

  join(event: ManifestEvent): void {
    const { clip, report } = this.#options;
    this.#events.push(event);
    this.#enqueue(0, async () => {
      await this.#writeManifest(null);
      report({ type: "clip-event", clip, event: event.event });
    });
  }

  push(unit: EncodedUnit): void {
    this.#endUs = unit.ptsUs + unit.durationUs;
    const run = this.#cutter.push(unit);
    if (run !== null) this.#writeRun(run);
  }

  thumbnail(jpeg: Uint8Array): void {
    const { clip, report } = this.#options;
    this.#enqueue(jpeg.length, async () => {
      const { bytes } = await this.#seal(clipFiles.thumbnail, jpeg);
      report({ type: "clip-thumbnail", clip, bytes });
    });
  }

  /** One of each name; also after `close`. */
  picture(name: PictureName, jpeg: Uint8Array): void {
    const { clip, report } = this.#options;
    if (this.#pictures.has(name)) return;
    this.#pictures.add(name);
    this.#enqueue(jpeg.length, async () => {
      if (!existsSync(this.#path(clipFiles.manifest))) return; // a late one, of a clip that was deleted
      const { bytes } = await this.#seal(clipFiles.picture(name), jpeg);
      report({ type: "clip-picture", clip, name, bytes });
    });
  }

  close(reason: string): void {
    const { clip, report, startWallMs, startUs } = this.#options;
    const rest = this.#cutter.finish();
    if (rest !== null) this.#writeRun(rest);
    const endWallMs = Math.round(startWallMs + (this.#endUs - startUs) / 1_000);
    this.#enqueue(0, async () => {
      try {
        await this.#writeManifest({ endWallMs, reason });
      } catch (error) {
        const willRetry = toFault(error).kind === "exhausted";
        if (this.#told && !willRetry) report({ type: "clip-closed", clip, endWallMs, reason: "failed" });
        throw error;
      }
      report({ type: "clip-closed", clip, endWallMs, reason: closeReason(reason) });
    });
  }

  async #open(): Promise<void> {
    const { clip, folder, config, size, events, startWallMs, report } = this.#options;
    await mkdir(folder, { recursive: true, mode: sweptFolder });
    await this.#seal(clipFiles.init, initSegment({ ...size, avcC: config.avcC }));
    await this.#writeManifest(null);
    await syncFolder(dirname(folder));
    await syncFolder(dirname(dirname(folder)));
    const ids = events.map((event) => event.event);
    this.#told = true;
    report({ type: "clip-opened", clip, startWallMs, events: ids, codec: config.codec, ...size });
  }

  #writeRun(run: Run): void {
    const { clip, startUs, report } = this.#options;
    const index = this.#sequence;
    this.#sequence += 1;
    const bytes = fragment(run.units, { sequence: index + 1, baseUs: startUs, nextPtsUs: run.nextPtsUs });
    const startMs = Math.round(((run.units[0]?.ptsUs ?? startUs) - startUs) / 1_000);
    const durationUs = unitDurationsUs(run.units, run.nextPtsUs).reduce((sum, each) => sum + each, 0);
    const durationMs = Math.round(durationUs / 1_000);
    this.#enqueue(bytes.length, async () => {
      const sealed = await this.#seal(clipFiles.fragment(index), bytes);
      const row = { index, startMs, durationMs, ...sealed };
      this.#written.push(row);
      report({ type: "clip-fragment", clip, ...row });
    });
  }

  async #writeManifest(closed: ClipManifest["closed"]): Promise<void> {
    const { clip, startWallMs, config, size } = this.#options;
    const manifest: ClipManifest = {
      version: 1,
      clip,
      startWallMs,
      codec: config.codec,
      width: size.width,
      height: size.height,
      events: this.#events,
      fragments: this.#written,
      closed,
    };
    await writeDurableJson(this.#path(clipFiles.manifest), manifest, readableFile);
  }

  #seal(name: string, plain: Uint8Array): Promise<Sealed> {
    return writeSealed(this.#path(name), plain, this.#options.viewers());
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }

  #enqueue(bytes: number, run: () => Promise<void>): void {
    this.#options.queue.push({ bytes, run });
  }
}

type Reason = Extract<EyeToKeeper, { type: "clip-closed" }>["reason"];

function closeReason(reason: string): Reason {
  const known: readonly Reason[] = ["quiet", "max-length", "camera-lost", "stopped"];
  return known.find((each) => each === reason) ?? "failed";
}
