/**
 * Still desk: single pictures on request, one at a time, sealed and never stored.
 *
 * `snapshot`: the next masked frame, to all viewers. `setup`: the next raw frame, to the owner who
 * signed for it (setup-still/). A request is answered once: `still-made`, or `still-refused` with
 * words, at the latest after `patienceMs`. Before somebody is refused for who they are the household
 * is read once more, because the keeper may have let them in a moment ago; who is removed while a
 * picture is waited for does not get it, nor anybody a snapshot of what may not be seen any more.
 */
import type { JpegEncoder } from "../../hal/encoder.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { MaskedFrame, RawFrame } from "../../hal/frame.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Household } from "../household/household.ts";
import type { Recipient } from "../seal/age/keys.ts";
import { seal } from "../seal/age/seal.ts";
import type { EyeToKeeper, KeeperToEye } from "../wire/messages.ts";
import { sightClosed } from "./sight-closed.ts";
import { toldFault } from "./told-fault.ts";
import { StillNonce } from "./setup-still/nonce.ts";
import { admitRequest } from "./setup-still/request.ts";
import { sealUnmasked } from "./setup-still/unmasked.ts";
import type { Stage } from "./stages.ts";

const patienceMs = 5_000;
const snapshotPx = 1_920;

export type StillAsked = Extract<KeeperToEye, { type: "still" }>;

export interface StillDeskOptions {
  readonly clock: Clock;
  readonly stage: Stage;
  /** Do frames come? */
  readonly cameraRuns: () => boolean;
  /** Privacy now: nothing is to be seen; absent = never. */
  readonly closed?: () => boolean;
  /** Null: there is no household that can be trusted. */
  readonly household: () => Household | null;
  /** Resolves when the household is known as it lies on the disk; must not throw. */
  readonly reread: () => Promise<void>;
  readonly viewers: () => readonly Recipient[];
  readonly jpeg: () => JpegEncoder | null;
  readonly report: (message: EyeToKeeper) => void;
}

interface Waiting {
  readonly still: string;
  readonly to: readonly Recipient[];
  readonly kind: StillAsked["kind"];
  readonly cancel: () => void;
}

export class StillDesk {
  readonly #options: StillDeskOptions;
  readonly #nonce = new StillNonce();
  #waiting: Waiting | null = null;
  #busy = false;
  /** How often what may be seen has changed. */
  #changes = 0;

  constructor(options: StillDeskOptions) {
    this.#options = options;
  }

  /** For the next request of a setup still. */
  get nonce(): string {
    return this.#nonce.value;
  }

  ask(asked: StillAsked): void {
    this.#options.stage.in += 1;
    void this.#ask(asked);
  }

  /** What may be seen has changed: a snapshot of before that is being made is not handed out. */
  outdate(): void {
    this.#changes += 1;
  }

  /** Nothing may be seen any more: who waits is told. */
  close(): void {
    const waiting = this.#take("snapshot") ?? this.#take("setup");
    if (waiting !== null) this.#refuse(waiting.still, sightClosed());
  }

  /** Every raw frame passes here; one that nobody asked for is not looked at. */
  handleRaw(frame: RawFrame): void {
    const waiting = this.#take("setup");
    const [owner] = waiting?.to ?? [];
    if (waiting === null || owner === undefined) return;
    if (this.#isOwner(owner)) return this.#answer(waiting.still, sealUnmasked(frame, owner));
    this.#refuse(waiting.still, new Fault("denied", "who asked for the picture is no longer an owner"));
  }

  handleMasked(frame: MaskedFrame): void {
    const waiting = this.#take("snapshot");
    if (waiting === null) return;
    const jpeg = this.#options.jpeg();
    const made =
      jpeg === null
        ? Promise.reject(new Fault("unavailable", "there is no JPEG encoder"))
        : this.#snapshot(jpeg, frame);
    this.#answer(waiting.still, made);
  }

  async #snapshot(jpeg: JpegEncoder, frame: MaskedFrame): Promise<Uint8Array> {
    const changes = this.#changes;
    const bytes = await jpeg.encode(frame, snapshotPx);
    if (changes !== this.#changes)
      throw new Fault("unavailable", "what may be seen changed while the picture was made", {
        hint: "ask for the picture again",
      });
    return seal(bytes, this.#options.viewers());
  }

  async #ask(asked: StillAsked): Promise<void> {
    try {
      this.#checkFree();
      const to = this.#recipients(asked) ?? (await this.#reread(asked));
      const late = new Fault("unavailable", "the camera gave no picture", { hint: "try again in a moment" });
      const cancel = this.#options.clock.after(
        patienceMs,
        () => this.#take(asked.kind) && this.#refuse(asked.still, late),
      );
      this.#waiting = { still: asked.still, kind: asked.kind, to, cancel };
    } catch (error) {
      this.#refuse(asked.still, toFault(error));
    }
  }

  #checkFree(): void {
    if (this.#busy || this.#waiting !== null)
      throw new Fault("exhausted", "another picture is being made", { hint: "try again in a moment" });
    if (this.#options.closed?.() === true) throw sightClosed();
    if (!this.#options.cameraRuns())
      throw new Fault("unavailable", "the camera is away", { hint: "wait until it shows a picture again" });
  }

  /** Null = not by what is known now. */
  #recipients(asked: StillAsked): readonly Recipient[] | null {
    try {
      return this.#admit(asked);
    } catch {
      return null; // asked again after the household was read: that answer counts
    }
  }

  async #reread(asked: StillAsked): Promise<readonly Recipient[]> {
    await this.#options.reread();
    this.#checkFree();
    return this.#admit(asked);
  }

  #admit({ kind, request }: StillAsked): readonly Recipient[] {
    const { household, viewers } = this.#options;
    const people = household();
    if (people === null || people.count === 0)
      throw new Fault("unavailable", "the camera knows no household that it can trust");
    if (kind === "setup") return [admitRequest(request, people, this.#nonce)];
    const to = viewers();
    if (to.length === 0) throw new Fault("unavailable", "there is nobody to seal the picture to");
    return to;
  }

  #isOwner({ text }: Recipient): boolean {
    const people = this.#options.household()?.people ?? [];
    return people.some(({ role, sealTo }) => role === "owner" && sealTo === text);
  }

  #take(kind: StillAsked["kind"]): Waiting | null {
    const waiting = this.#waiting;
    if (waiting?.kind !== kind) return null;
    waiting.cancel();
    this.#waiting = null;
    return waiting;
  }

  #answer(still: string, made: Promise<Uint8Array>): void {
    this.#busy = true;
    void made
      .then(
        (age) => {
          if (this.#options.closed?.() === true) return this.#refuse(still, sightClosed());
          this.#options.stage.out += 1;
          this.#options.report({ type: "still-made", still, age: Buffer.from(age).toString("base64") });
        },
        (error: unknown) => this.#refuse(still, toFault(error)),
      )
      .finally(() => (this.#busy = false));
  }

  #refuse(still: string, fault: Fault): void {
    const { stage, report } = this.#options;
    stage.dropped += 1;
    stage.lastError = fault.message;
    report({ type: "still-refused", still, fault: toldFault(fault) });
  }
}
