/**
 * Desk: looks at the camera for the self-test, one at a time, while everything else goes on.
 *
 * Asked for so many milliseconds of picture, it answers once with `examined`: a report, or why there is none. What
 * may be seen changes meanwhile (another line, a guard that opens or closes, a camera that comes back): the look
 * begins anew. It ends by the frames' own times; a camera that is too slow ends it `patienceMs` later by the
 * clock, with whatever was seen. One masked still goes along, sealed to who may watch now.
 */
import type { Settings } from "../../../config/schema.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Recipient } from "../../seal/age/keys.ts";
import { seal } from "../../seal/age/seal.ts";
import type { CameraReport } from "../../wire/examine.ts";
import type { EyeToKeeper, GuardStatus, KeeperToEye } from "../../wire/messages.ts";
import { sightClosed } from "../sight-closed.ts";
import type { Stage } from "../stages.ts";
import { toldFault } from "../told-fault.ts";
import type { FocusMemory } from "./focus-memory.ts";
import { Look, type Scene } from "./look.ts";
import type { MaskProof } from "./mask-proof.ts";
import { reportOf } from "./report.ts";

const patienceMs = 8_000;
const stillPx = 1_280;
const fewestFrames = 2;

export interface ExamineDeskOptions {
  readonly clock: Clock;
  readonly settings: Settings["camera"];
  /** in = asked, out = answered, dropped = refused. */
  readonly stage: Stage;
  readonly memory: FocusMemory;
  readonly guard: () => GuardStatus | null;
  /** Privacy now: nothing is to be seen; absent = never. */
  readonly closed?: () => boolean;
  readonly viewers: () => readonly Recipient[];
  readonly jpeg: () => JpegEncoder | null;
  readonly report: (message: EyeToKeeper) => void;
}

interface Asked {
  readonly examine: string;
  readonly forMs: number;
  readonly cancel: () => void;
  look: Look | null;
  still: Promise<Uint8Array> | null;
}

export class ExamineDesk {
  readonly #options: ExamineDeskOptions;
  #scene: Scene | null = null;
  #asked: Asked | null = null;

  constructor(options: ExamineDeskOptions) {
    this.#options = options;
  }

  ask({ examine, forMs }: Extract<KeeperToEye, { type: "examine" }>): void {
    const { stage, clock } = this.#options;
    stage.in += 1;
    if (this.#asked !== null)
      return this.#refuse(
        examine,
        new Fault("exhausted", "the camera is being examined already", { hint: "ask again in a moment" }),
      );
    if (this.#options.closed?.() === true) return this.#refuse(examine, sightClosed());
    const cancel = clock.after(forMs + patienceMs, () => this.#finish());
    this.#asked = { examine, forMs, cancel, look: null, still: null };
    if (this.#scene !== null) this.begin(this.#scene);
  }

  /** From the next frame on this is what is looked at. */
  begin(scene: Scene): void {
    this.#scene = scene;
    if (this.#asked === null) return;
    this.#asked.look = new Look(scene);
    this.#asked.still = null;
  }

  /** What may be seen is about to change, or the camera is gone: nothing of before is told. */
  end(): void {
    this.#scene = null;
    if (this.#asked === null) return;
    this.#asked.look = null;
    this.#asked.still = null;
  }

  /** For the camera's own picture, before its mask; null = nobody asks. */
  get proof(): MaskProof | null {
    return this.#asked?.look?.proof ?? null;
  }

  handleMasked(frame: MaskedFrame): void {
    const { look, forMs } = this.#asked ?? { look: null, forMs: 0 };
    if (look === null || this.#asked === null) return;
    look.add(frame);
    if (look.spanMs >= forMs / 2) this.#asked.still ??= this.#takeStill(frame, look.scene);
    if (look.spanMs >= forMs) this.#finish();
  }

  /** Null = nobody could open it, or nothing is to be seen. */
  #takeStill(frame: MaskedFrame, { opening }: Scene): Promise<Uint8Array> | null {
    const jpeg = this.#options.jpeg();
    if (jpeg === null || opening.visibleFrac === 0 || this.#options.viewers().length === 0) return null;
    const still = jpeg.encode(frame, stillPx);
    still.catch(() => {}); // told by who waits for it
    return still;
  }

  #finish(): void {
    const asked = this.#asked;
    if (asked === null) return;
    asked.cancel();
    this.#asked = null;
    const { look, examine } = asked;
    if (this.#options.closed?.() === true) return this.#refuse(examine, sightClosed());
    if (look === null || look.frames < fewestFrames)
      return this.#refuse(
        examine,
        new Fault("unavailable", "the camera gives no picture", {
          hint: "look at the camera's state: sill hal list shows what is there",
        }),
      );
    void this.#answer(asked, look);
  }

  async #answer({ examine, still }: Asked, look: Look): Promise<void> {
    const { settings, guard, memory, stage, report } = this.#options;
    try {
      const onUnkept = (error: unknown): void => void (stage.lastError = toFault(error).message);
      const found = await reportOf(look, { settings, guard: guard(), memory, onUnkept });
      report({ type: "examined", examine, report: { ...found, picture: await this.#sealed(still, look) } });
      stage.out += 1;
    } catch (error) {
      this.#refuse(examine, toFault(error));
    }
  }

  async #sealed(still: Promise<Uint8Array> | null, { scene }: Look): Promise<CameraReport["picture"]> {
    const jpeg = await (still ?? Promise.resolve(null)).catch(() => null);
    const viewers = this.#options.viewers();
    if (jpeg === null || viewers.length === 0 || this.#scene !== scene) return null;
    return Buffer.from(seal(jpeg, viewers)).toString("base64");
  }

  #refuse(examine: string, fault: Fault): void {
    const { stage, report } = this.#options;
    stage.dropped += 1;
    stage.lastError = fault.message;
    report({ type: "examined", examine, fault: toldFault(fault) });
  }
}
