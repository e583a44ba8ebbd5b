/**
 * Alert pictures: what goes with the words of an alert where an owner signed for it, and is in the ledger before it does.
 *
 *   event -> eye (at once: it shows who is there now) -> picture, in memory
 *   the words are there -> ledger, durable -> courier -> ledger: sent, or failed
 *
 * The words go first and never wait: a picture that is late follows them, and is dropped when they do not arrive within
 * `keptMs`. A ledger that cannot be written lets no picture out. Policy and sight are asked again at each step, and a
 * picture from before another policy or a closing does not go; the eye asks for itself. What was handed to a courier that went away may have arrived: the ledger says so.
 */
import { createHash } from "node:crypto";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Policy } from "../../policy/policy.ts";
import {
  pictureChannels,
  type PictureAnswer,
  type PictureChannel,
  type PictureDone,
  type PictureSend,
  type PictureWanted,
} from "../../wire/alert-picture.ts";
import type { Event } from "../../wire/api.ts";
import { RateLimit } from "../../wire/rate-limit.ts";
import { alertIdOf, type HappenedDone } from "../../wire/told.ts";
import type { Happened } from "../history.ts";
import { toldZones } from "./teller.ts";

const keptMs = 20_000;
/** The courier gives up before. */
const sentWithinMs = 60_000;
const mostAtOnce = 4;
const rate = { most: 30, perMs: 600_000 } as const;
/** The rest is kept for rings. */
const moveRate = { most: 20, perMs: 600_000 } as const;
const mostMovesAtOnce = 3;
/** Events whose picture was asked for: what is told of them later gets none. */
const mostAsked = 64;

export interface AlertPicturesOptions {
  readonly clock: Clock;
  /** Host of each channel that the settings name. */
  readonly hosts: Partial<Readonly<Record<PictureChannel, string>>>;
  /** As it was signed; null = none. */
  readonly policy: () => Pick<Policy, "publish"> | null;
  /** Nothing may be seen now. */
  readonly closed: () => boolean;
  /** Another word as soon as another policy was signed or the sight was closed: a picture of before does not go. */
  readonly sight: () => string;
  readonly askEye: (wanted: PictureWanted) => void;
  readonly isCourierThere: () => boolean;
  readonly send: (picture: PictureSend) => void;
  readonly append: (happened: Happened) => Promise<unknown>;
  readonly note: (happened: Happened) => unknown;
}

/** What the house's channels were told of it last. */
interface Words {
  readonly kind: PictureSend["kind"];
  readonly zones: readonly string[];
}

interface Picture {
  /** `sight` when it was asked for. */
  readonly sight: string;
  readonly event: Pick<Event, "id" | "kind" | "startWallMs">;
  words: Words;
  /** Who has those words, the last ones: what is still on its way would arrive after the picture, and take it away. */
  readonly ready: Set<PictureChannel>;
  /** Still to be given it. */
  readonly waiting: Set<PictureChannel>;
  jpeg: Buffer | null;
  readonly cancel: () => void;
}

interface Sent {
  readonly words: string;
  readonly event: string;
  readonly cancel: () => void;
}

export class AlertPictures implements Disposable {
  readonly #options: AlertPicturesOptions;
  readonly #pictures = new Map<string, Picture>();
  readonly #sent = new Map<string, Sent>();
  readonly #asked = new Set<string>();
  readonly #limit: RateLimit;
  readonly #moveLimit: RateLimit;
  in = 0;
  out = 0;
  dropped = 0;
  lastError: string | undefined;

  constructor(options: AlertPicturesOptions) {
    this.#options = options;
    this.#limit = new RateLimit(options.clock, rate);
    this.#moveLimit = new RateLimit(options.clock, moveRate);
  }

  /** The house's channels are being told of it now, in these words; what is told later is a better word for the same picture. */
  event(event: Picture["event"], words: Words): void {
    const before = this.#pictures.get(event.id);
    if (before !== undefined) {
      if (before.words.kind !== words.kind) before.ready.clear();
      before.words = words;
    }
    // a courier that only starts takes the words when it is there, and the picture after them
    const channels = pictureChannels.filter((channel) => this.#isLet(channel));
    if (channels.length === 0 || this.#asked.has(event.id)) return;
    this.in += 1;
    if (!this.#hasRoom(event))
      return this.#drop(new Fault("exhausted", "too many pictures for alerts at once"));
    this.#asked.add(event.id);
    for (const oldest of this.#asked) if (this.#asked.size > mostAsked) this.#asked.delete(oldest);
    const cancel = this.#options.clock.after(keptMs, () => {
      this.#pictures.delete(event.id);
      this.#drop(new Fault("timeout", "a picture was not ready, or its words did not arrive, in time"));
    });
    const waiting = new Set(channels);
    const sight = this.#options.sight();
    this.#pictures.set(event.id, { event, words, sight, ready: new Set(), waiting, jpeg: null, cancel });
    this.#options.askEye({ type: "picture-wanted", event: event.id, channels });
  }

  /** From the eye. One that nobody waits for any more is dropped. */
  answer(answer: PictureAnswer): void {
    const picture = this.#pictures.get(answer.event);
    if (picture === undefined) return;
    if (answer.type === "picture-refused") {
      this.#forget(picture);
      return this.#drop(new Fault("unavailable", answer.fault.message));
    }
    for (const channel of picture.waiting)
      if (!answer.channels.includes(channel)) picture.waiting.delete(channel);
    picture.jpeg = Buffer.from(answer.jpeg, "base64");
    this.#go(picture);
  }

  /** Words of it are there, or given up; those that others follow do not matter. */
  told(event: string, { alert, channel, taken }: Omit<HappenedDone, "type">): void {
    const picture = this.#pictures.get(event);
    const ours = pictureChannels.find((each) => each === channel);
    if (picture === undefined || ours === undefined) return;
    if (alert !== alertIdOf({ event, kind: picture.words.kind })) return;
    if (taken) picture.ready.add(ours);
    else picture.waiting.delete(ours);
    this.#go(picture);
  }

  /** From the courier. */
  done({ event, channel, fault }: PictureDone): void {
    this.#end(keyOf(event, channel), fault?.message ?? null);
  }

  courierLeft(): void {
    for (const key of this.#sent.keys()) this.#end(key, "the courier went away: it may have arrived");
  }

  [Symbol.dispose](): void {
    for (const picture of this.#pictures.values()) picture.cancel();
    for (const { cancel } of this.#sent.values()) cancel();
  }

  #hasRoom({ kind }: Picture["event"]): boolean {
    const isRing = kind === "ring";
    if (this.#pictures.size >= (isRing ? mostAtOnce : mostMovesAtOnce)) return false;
    return (isRing || this.#moveLimit.take("picture")) && this.#limit.take("picture");
  }

  #isLet(channel: PictureChannel): boolean {
    const { hosts, policy, closed } = this.#options;
    return hosts[channel] !== undefined && policy()?.publish[channel] === true && !closed();
  }

  #mayGo(channel: PictureChannel, sight: string): boolean {
    return sight === this.#options.sight() && this.#isLet(channel) && this.#options.isCourierThere();
  }

  #go(picture: Picture): void {
    const { jpeg, waiting, ready } = picture;
    if (waiting.size === 0) return this.#forget(picture);
    if (jpeg === null) return;
    for (const channel of [...waiting].filter((each) => ready.has(each))) {
      waiting.delete(channel);
      void this.#hand(picture, channel, jpeg);
    }
    if (waiting.size === 0) this.#forget(picture);
  }

  async #hand({ event, sight, words: said }: Picture, channel: PictureChannel, jpeg: Buffer): Promise<void> {
    const { append, note, send, clock, hosts } = this.#options;
    const sha256 = createHash("sha256").update(jpeg).digest("hex");
    const what = event.kind === "ring" ? "a ring" : "a movement";
    const words = `to ${channel} at ${hosts[channel] ?? ""}, with ${what}: ${jpeg.length} bytes, SHA-256 ${sha256}`;
    const about = { event: event.id };
    try {
      if (!this.#mayGo(channel, sight)) throw new Fault("denied", "it may not be sent any more");
      await append({ who: null, what: "alert-picture", detail: words, about });
    } catch (error) {
      return this.#drop(toFault(error)); // words only
    }
    if (!this.#mayGo(channel, sight)) {
      void note({
        who: null,
        what: "alert-picture-failed",
        detail: `${words}; it was not sent: it may not be any more`,
        about,
      });
      return this.#drop(new Fault("denied", "it may not be sent any more"));
    }
    const key = keyOf(event.id, channel);
    const cancel = clock.after(sentWithinMs, () =>
      this.#end(key, "the courier said nothing: it may have arrived"),
    );
    this.#sent.set(key, { words, event: event.id, cancel });
    send({
      type: "picture-send",
      event: event.id,
      channel,
      kind: said.kind,
      zones: toldZones(said.zones),
      wallMs: event.startWallMs,
      jpeg: jpeg.toString("base64"),
      sha256,
    });
  }

  #end(key: string, why: string | null): void {
    const sent = this.#sent.get(key);
    if (sent === undefined) return;
    this.#sent.delete(key);
    sent.cancel();
    const about = { event: sent.event };
    if (why === null) {
      this.out += 1;
      this.lastError = undefined;
      void this.#options.note({ who: null, what: "alert-picture-sent", detail: sent.words, about });
    } else {
      this.#drop(new Fault("unavailable", why));
      void this.#options.note({
        who: null,
        what: "alert-picture-failed",
        detail: `${sent.words}; ${why}`,
        about,
      });
    }
  }

  #forget({ event, cancel }: Picture): void {
    cancel();
    this.#pictures.delete(event.id);
  }

  #drop({ message }: Fault): void {
    this.dropped += 1;
    this.lastError = message;
  }
}

function keyOf(event: string, channel: PictureChannel): string {
  return `${event} ${channel}`;
}
