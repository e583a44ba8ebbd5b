/**
 * Camera: where frames come from.
 *
 * Contract, proven by test/contract/camera.ts against every driver:
 * - `open` resolves once the size is known, or throws a Fault: `not-found` (no such device or
 *   file), `denied` (permission), `unavailable` (busy, unplugged), `corrupt` (not a video),
 *   `invalid` (settings), `exhausted` (picture larger than maxFramePx). The hint says what to do.
 * - `read` resolves to frames in order with strictly growing ptsUs, or null at the end of a
 *   finite source (for ever after). It rejects with `timeout` when no frame came for stallMs,
 *   `unavailable` when the device went away, `corrupt` on broken data. After a rejection the
 *   camera can only be closed; the caller opens a new one (with back-off).
 * - One read at a time. A frame is lent until the next `read` or `close`.
 * - A size change in mid-stream rejects with `unavailable` and the message names both sizes.
 * - A live driver never queues more than a few frames: it drops the oldest and counts.
 * - `close` is idempotent, ends a pending read with null, and leaves no thread or descriptor.
 */
import type { RawFrame } from "./frame.ts";
import type { ViewGeometry } from "./view.ts";

export interface CameraInfo {
  /** For people: driver and device, e.g. "gst v4l2 /dev/video0". Never a URL with credentials. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Nominal rate; frames carry their own times. */
  readonly fps: number;
  /** True: frames come at their own pace and may be dropped. False: as fast as they are read. */
  readonly live: boolean;
  /** Media length when the source knows it (files), for progress. */
  readonly durationMs?: number;
  /** Which part of the sensor's picture this is, and how it was turned; absent = all of it. */
  readonly view?: ViewGeometry;
}

export interface CameraCounters {
  readonly framesIn: number;
  readonly framesDropped: number;
}

export interface Camera extends AsyncDisposable {
  readonly info: CameraInfo;
  readonly counters: CameraCounters;
  read(): Promise<RawFrame | null>;
  close(): Promise<void>;
}

export interface CameraDriver {
  /** Rejects with a Fault (see above); honours the signal with a `cancelled` Fault. */
  open(signal?: AbortSignal): Promise<Camera>;
}
