/**
 * Sentry: the guard at one open camera: its policy, its own look through the mask, its file.
 *
 * The session masks a frame for it when a look is due (`lookAt`), with the opening that the owner
 * confirmed, so that the guard still sees the scene while everybody else gets a picture that is
 * masked everywhere.
 */
import { createHash } from "node:crypto";
import { toFault } from "../../../hal/fault.ts";
import type { FrameGeometry, FrameMemory, MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { ViewGeometry } from "../../../hal/view.ts";
import { rasteriseOpening } from "../../policy/opening.ts";
import type { Policy } from "../../policy/policy.ts";
import { shapeInView } from "../../policy/view.ts";
import type { GuardStatus } from "../../wire/messages.ts";
import { createMasker, type Masker } from "../mask/apply.ts";
import { createPlainMemory } from "../mask/memory.ts";
import type { Stage } from "../stages.ts";
import { Guard } from "./guard.ts";
import { keep, readKeptOrClosed, type Kept, type PolicyKey } from "./reference-file.ts";

/** Size of the camera's picture, and which part of the sensor's it is. */
export type Pictured = FrameGeometry & { readonly view?: ViewGeometry };

export interface SentryOptions {
  /** guard/ of the data folder. */
  readonly folder: string;
  readonly clock: Clock;
  /** in = looks, out = looks that saw the scene in its place, dropped = writes that failed. */
  readonly stage: Stage;
}

export interface Look {
  readonly masker: Masker;
  readonly memory: FrameMemory;
}

interface Watch extends Look {
  readonly key: PolicyKey;
  readonly size: FrameGeometry;
  readonly guard: Guard;
}

type Standing = Pick<GuardStatus, "state" | "reason">;

const off: Standing = { state: "off" };

export class Sentry {
  readonly #options: SentryOptions;
  #watch: Watch | null = null;
  #standing: Standing = off;
  #sinceWallMs = 0;
  #kept: Kept = { reference: null, tripped: null };
  #writing: Promise<void> | null = null;

  constructor(options: SentryOptions) {
    this.#options = options;
  }

  /** Nothing may be shown. */
  get closed(): boolean {
    return this.#watch?.guard.closed ?? false;
  }

  get status(): GuardStatus {
    return { ...this.#standing, ...(this.#watch === null ? {} : { sinceWallMs: this.#sinceWallMs }) };
  }

  /** Watches over this policy on this picture from now on; null = nothing is in force. */
  async follow(policy: Policy | null, picture: Pictured): Promise<void> {
    const key = policy === null ? null : keyOf(policy, picture.view);
    if (key !== null && this.#follows(key, picture)) return;
    this.#watch = null;
    await this.#writing;
    if (policy !== null && key !== null) {
      this.#kept = await readKeptOrClosed(this.#options.folder, key);
      this.#watch = watchOf({ policy, key, picture, kept: this.#kept });
    }
    this.#tell();
  }

  /** What to mask a frame of this time with, and into; null = no look is due. */
  lookAt(ptsUs: number): Look | null {
    return this.#watch?.guard.due(ptsUs) === true ? this.#watch : null;
  }

  /** True when what may be shown has changed with this frame, which came through `lookAt`. */
  handle(frame: MaskedFrame): boolean {
    const watch = this.#watch;
    if (watch === null) return false;
    const { guard } = watch;
    const before = guard.closed;
    const { stage } = this.#options;
    stage.in += 1;
    guard.handle(frame);
    if (guard.seesScene) stage.out += 1;
    this.#tell();
    this.#keep(watch);
    return guard.closed !== before;
  }

  /** Resolves when what was learnt is on the disk, or could not be written. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  #follows(key: PolicyKey, size: FrameGeometry): boolean {
    const watch = this.#watch;
    return (
      watch?.key.sha256 === key.sha256 && watch.size.width === size.width && watch.size.height === size.height
    );
  }

  #tell(): void {
    const now = standingOf(this.#watch?.guard ?? null);
    const { state, reason } = this.#standing;
    if (now.state === state && now.reason === reason) return;
    this.#standing = now;
    this.#sinceWallMs = Math.max(0, Math.round(this.#options.clock.wallMs()));
  }

  /** Tried again with the next look when the disk is full. */
  #keep({ guard, key }: Watch): void {
    const { reference, finalReason: tripped } = guard;
    if (reference === null || this.#writing !== null) return;
    if (reference === this.#kept.reference && tripped === this.#kept.tripped) return;
    const { folder, stage } = this.#options;
    this.#writing = keep(folder, key, { reference, tripped })
      .then(() => {
        this.#kept = { reference, tripped };
      })
      .catch((error: unknown) => {
        stage.dropped += 1;
        stage.lastError = toFault(error).message;
      })
      .finally(() => (this.#writing = null));
  }
}

interface WatchOver {
  readonly policy: Policy;
  readonly key: PolicyKey;
  readonly picture: Pictured;
  readonly kept: Kept;
}

function watchOf({ policy, key, picture, kept }: WatchOver): Watch {
  const { width, height, view } = picture;
  const size = { width, height };
  const shape = view === undefined ? policy : shapeInView(policy, view);
  const masker = createMasker(rasteriseOpening(size, shape));
  const guard = new Guard({ size, visible: masker.opening.luma, ...kept });
  return { key, size, guard, masker, memory: createPlainMemory(size.width, size.height) };
}

/**
 * Of the meaning: any change of the policy, by any owner, is a new confirmation. A camera that is
 * told to turn or crop its picture otherwise (camera.rotate, camera.crop) shows another one and is learnt anew.
 */
function keyOf(policy: Policy, view: ViewGeometry | undefined): PolicyKey {
  const { version } = policy;
  const { sensor, box = null, rotate = 0 } = view ?? {};
  const crop = box === null || sensor === undefined ? null : fractionsOf(box, sensor);
  const meaning = JSON.stringify([policy, crop, rotate]);
  return { version, sha256: createHash("sha256").update(meaning).digest("hex") };
}

/** The same crop at another resolution is the same picture. */
function fractionsOf([x, y, w, h]: BoxPx, { width, height }: FrameGeometry): readonly number[] {
  return [x / width, y / height, w / width, h / height].map((part) => Math.round(part * 100));
}

function standingOf(guard: Guard | null): Standing {
  if (guard === null) return off;
  const { state, reason } = guard;
  return { state, ...(reason === null ? {} : { reason }) };
}
