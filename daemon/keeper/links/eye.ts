/**
 * Eye link: what the eye tells becomes events, clips and live pictures.
 *
 * The eye says a thing only when its files are durable, so rows never run ahead of files. When it
 * goes away, open motion events and its clip are `interrupted` (the clip's folder is read again:
 * its last messages may be lost) and the camera shows as failed; when it comes back it goes on,
 * and a clip that it still records is `recording` again. It is asked for rings that are still
 * open and for live units and heat if somebody watches; nothing stale waits for it.
 */
import type { Fault } from "../../../hal/fault.ts";
import { toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Clip, Event } from "../../wire/api.ts";
import type { PictureAnswer } from "../../wire/alert-picture.ts";
import { isHeat } from "../../wire/heat.ts";
import { listenLink, type Link } from "../../wire/link.ts";
import {
  eyeToKeeperSchema,
  type EyeStatus,
  type EyeToKeeper,
  type GuardStatus,
  type KeeperToEye,
} from "../../wire/messages.ts";
import type { PirSaid } from "../sensors/pir-voice.ts";
import type { EventBook } from "../event-book.ts";
import type { HeatHub } from "../heat.ts";
import type { Gaps } from "../gaps.ts";
import type { Happened } from "../history.ts";
import type { Examinations } from "../examinations.ts";
import type { JournalFlush } from "../journal-flush.ts";
import type { LiveHub } from "../live.ts";
import type { CameraFeed } from "../sensors/camera-feed.ts";
import type { Stills } from "../stills.ts";
import type { Change } from "../store/change.ts";
import type { WireFault } from "../wire-fault.ts";
import { Peer } from "./peer.ts";

const trippedWords: Readonly<Record<NonNullable<GuardStatus["reason"]>, string>> = {
  moved: "the camera was moved: everything is masked",
  covered: "the camera was covered: everything is masked",
  changed: "the camera sees another scene: everything is masked",
};

export interface EyeLinkOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly book: EventBook;
  readonly live: LiveHub;
  readonly heat: HeatHub;
  readonly camera: Pick<CameraFeed, "frames" | "picture" | "status" | "eyeArrived" | "eyeLeft">;
  readonly keep: (change: Change) => void;
  readonly stateOfClip: (id: string) => Clip["state"] | null;
  readonly onDiskFull: (wantedBytes: number) => void;
  readonly stills: Pick<Stills, "handle" | "clear">;
  readonly examinations: Pick<Examinations, "handle" | "clear">;
  readonly journalFlush: Pick<JournalFlush, "handle" | "clear">;
  /** For the history: what the doorbell itself did. */
  readonly tell: (happened: Happened) => void;
  /** What the PIR says, and since when. */
  readonly pir: () => PirSaid;
  readonly alertPictures: { answer(answer: PictureAnswer): void };
  /** Privacy now, and its file does not say so yet. */
  readonly privacyHolds: () => boolean;
  /** The eye is closed by the word of a keeper before this one. */
  readonly onClosedByWord: () => void;
  /** What moved in the picture since the last time; null = nobody looks. */
  readonly onLook: (seen: { readonly moved: boolean; readonly close: boolean } | null) => void;
  /** Who says what moves is there, is not, or is another one. */
  readonly onModel: () => void;
  readonly gaps: Pick<Gaps, "eyeLeft" | "eyeArrived" | "cameraIs">;
  readonly onChange: () => void;
}

export class EyeLink implements AsyncDisposable {
  readonly #options: EyeLinkOptions;
  readonly peer = new Peer("eye");
  #link: Link<KeeperToEye> | null = null;
  #status: EyeStatus | null = null;
  #clip: string | null = null;
  #tripped = false;
  /** Since this eye came. */
  #saidPrivacy = false;
  /** Since then the model is what it is. */
  whatSinceWallMs = 0;
  /** Live units and heat that were none. */
  badUnits = 0;
  lastError: Fault | null = null;

  constructor(options: EyeLinkOptions) {
    this.#options = options;
  }

  get link(): Link<KeeperToEye> | null {
    return this.#link;
  }

  /** What the eye said last; null while it is away. */
  get status(): EyeStatus | null {
    return this.#status;
  }

  /** Why the eye keeps its sight closed whatever it is told; null = it does not. */
  get closedFault(): WireFault | null {
    const { kind, message, hint } = this.#status?.mask.closed?.fault ?? {};
    if (kind === undefined || message === undefined) return null;
    return hint === undefined ? { kind, message } : { kind, message, hint };
  }

  /** The clip that is being recorded, as far as its folder is known. */
  get clip(): string | null {
    return this.#clip;
  }

  async open(): Promise<void> {
    this.#link = await listenLink<EyeToKeeper, KeeperToEye>({
      path: this.#options.path,
      incoming: eyeToKeeperSchema,
      onMessage: (message) => this.#handle(message),
      onBinary: (bytes) => this.#handleUnit(bytes),
      onConnected: (connected) => (connected ? this.#arrived() : this.#left()),
    });
  }

  record(event: Event): void {
    this.send({ type: "record", event: event.id, kind: "ring", wallMs: event.startWallMs });
  }

  privacy(hold: boolean): void {
    this.#saidPrivacy = true;
    this.send({ type: "privacy", hold });
  }

  tellPir(): void {
    const { clock, pir } = this.#options;
    const { state, monoMs } = pir();
    const agoMs = Math.max(0, clock.monoMs() - monoMs);
    this.send({ type: "pir", state, agoMs, wallMs: Math.max(0, Math.round(clock.wallMs() - agoMs)) });
  }

  /** To an eye that is there; nothing waits for one that is not. */
  send(message: KeeperToEye): void {
    if (this.peer.connected) this.#link?.send(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link?.close();
    if (this.peer.connected) this.#left();
  }

  #arrived(): void {
    if (this.peer.connected) this.#left(); // a new eye replaced one that never said goodbye
    const { book, clock, live, heat, onChange } = this.#options;
    this.peer.arrived(clock.wallMs());
    this.#saidPrivacy = false;
    this.#options.gaps.eyeArrived();
    // what closes, and never what opens: the keeper before may have closed by word what its file could not say
    if (this.#options.privacyHolds()) this.privacy(true);
    for (const event of book.open) if (event.kind === "ring" && event.clip === null) this.record(event);
    if (this.#options.pir().state !== "unknown") this.tellPir(); // what an eye takes for granted
    if (live.viewers > 0) this.send({ type: "live", on: true });
    if (heat.viewers > 0) this.send({ type: "heat", on: true });
    this.#options.camera.eyeArrived();
    onChange();
  }

  #left(): void {
    const { book, keep, live, onChange } = this.#options;
    this.peer.left();
    this.#options.gaps.eyeLeft();
    this.#status = null;
    this.#options.onLook(null);
    this.#options.stills.clear();
    this.#options.journalFlush.clear();
    this.#options.examinations.clear();
    live.clear();
    this.#options.camera.eyeLeft();
    book.interruptMotion();
    if (this.#clip !== null) keep({ type: "clip-state", clip: this.#clip, state: "interrupted" });
    this.#clip = null;
    onChange();
  }

  #handleUnit(bytes: Uint8Array): void {
    const { live, heat } = this.#options;
    try {
      if (isHeat(bytes)) heat.handle(bytes);
      else live.handle(bytes);
    } catch (error) {
      this.badUnits += 1;
      this.lastError = toFault(error);
    }
  }

  #handle(message: EyeToKeeper): void {
    const { book, keep, onDiskFull, onChange } = this.#options;
    switch (message.type) {
      case "hello":
        return this.peer.hello(message);
      case "eye-status":
        return this.#handleStatus(message);
      case "event-opened":
        return book.motion(message.event, message);
      case "event-closed":
        return book.end(message.event, message);
      case "event-zones":
        return book.zones(message.event, message.zones);
      case "event-what":
        return book.what(message.event, message);
      case "clip-opened": {
        const { clip: id, startWallMs, codec, width, height } = message;
        this.#clip = id;
        keep({ type: "clip", clip: { id, state: "recording", startWallMs, codec, width, height } });
        for (const event of message.events) this.#join(id, event);
        return onChange();
      }
      case "clip-event":
        return this.#join(message.clip, message.event);
      case "clip-fragment": {
        const { index, startMs, durationMs, bytes, sha256 } = message;
        const fragment = { index, startMs, durationMs, bytes, sha256 };
        return keep({ type: "clip-fragment", clip: message.clip, fragment });
      }
      case "clip-thumbnail":
        return keep({ type: "clip-thumbnail", clip: message.clip, bytes: message.bytes });
      case "clip-picture":
        keep({ type: "clip-picture", clip: message.clip });
        return onChange();
      case "clip-closed": {
        if (this.#clip === message.clip) this.#clip = null;
        const state = message.reason === "failed" ? "interrupted" : "complete";
        keep({ type: "clip-state", clip: message.clip, state });
        book.clipClosed(message.clip);
        return onChange();
      }
      case "policy-applied":
        return this.#tellApplied(message);
      case "live-over":
        return this.#options.live.clear();
      case "frame-timings":
        return this.#options.camera.frames(message);
      case "frame-picture":
        return this.#options.camera.picture(message);
      case "still-made":
      case "still-refused":
        return this.#options.stills.handle(message);
      case "picture-made":
      case "picture-refused":
        return this.#options.alertPictures.answer(message);
      case "journal-flushed":
        return this.#options.journalFlush.handle(message.number);
      case "examined":
        return this.#options.examinations.handle(message);
      case "disk-full":
        return onDiskFull(message.wantedBytes);
    }
  }

  #join(clip: string, event: string): void {
    this.#options.book.clip(event, clip);
    this.#options.keep({ type: "clip-event", clip, event });
  }

  #handleStatus(status: EyeStatus): void {
    const before = this.#status;
    this.#status = status;
    this.peer.heard(this.#options.clock.monoMs());
    this.#options.camera.status(status);
    this.#options.gaps.cameraIs(status.camera.state);
    if (status.mask.closed?.byWord === true && !this.#saidPrivacy) this.#options.onClosedByWord();
    this.#tellGuard(status.mask.guard);
    this.#options.onLook(status.motion.seen ?? null);
    const isOtherModel =
      before?.what?.state !== status.what?.state || before?.what?.model !== status.what?.model;
    if (troubleOf(before?.what) !== troubleOf(status.what))
      this.whatSinceWallMs = Math.round(this.#options.clock.wallMs());
    if (isOtherModel) this.#options.onModel();
    const changed =
      isOtherModel ||
      before?.camera.state !== status.camera.state ||
      before.recording !== status.recording ||
      before.motion.active !== status.motion.active ||
      before.mask.visibleFrac !== status.mask.visibleFrac ||
      before.mask.policyVersion !== status.mask.policyVersion ||
      before.mask.fault?.message !== status.mask.fault?.message ||
      before.mask.closed?.fault?.message !== status.mask.closed?.fault?.message ||
      before.mask.guard?.state !== status.mask.guard?.state ||
      before.mask.guard?.reason !== status.mask.guard?.reason;
    if (!changed) return;
    this.#takeUp(status.recording);
    this.#options.onChange();
  }

  #tellApplied({ version, fromFrac, toFrac }: Extract<EyeToKeeper, { type: "policy-applied" }>): void {
    const detail = `the camera obeys property line number ${version}`;
    this.#options.tell({ who: null, what: "policy-applied", detail, fromFrac, toFrac });
  }

  /** Only what is news: an eye that comes back says the same again. */
  #tellGuard(guard: GuardStatus | undefined): void {
    if (guard === undefined) return;
    const wasTripped = this.#tripped;
    this.#tripped = guard.state === "tripped";
    if (this.#tripped === wasTripped) return;
    if (this.#tripped)
      this.#options.tell({
        who: null,
        what: "guard-tripped",
        detail: trippedWords[guard.reason ?? "moved"],
      });
    else
      this.#options.tell({
        who: null,
        what: "guard-back",
        detail: "the camera's place is watched again",
      });
  }

  /** This keeper is new, or the link was cut: the eye still records a clip that counts as interrupted. */
  #takeUp(clip: string | null): void {
    if (clip === null || clip === this.#clip || this.#options.stateOfClip(clip) !== "interrupted") return;
    this.#clip = clip;
    this.#options.keep({ type: "clip-state", clip, state: "recording" });
  }
}

/** One that fails or is refused, is tried again and fails again is in one trouble since the first time. */
function troubleOf(what: EyeStatus["what"]): string {
  if (what === undefined) return "";
  return `${what.model} ${what.fault === undefined ? what.state : "fails"}`;
}
