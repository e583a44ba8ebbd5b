/**
 * Pictures: one small masked picture after the words of an alert, to a channel that an owner signed for.
 *
 * Once, and not again: a picture that comes later shows nobody who is still there. On a connection of its own, so that words
 * never wait behind it. One at a time for each channel; what comes meanwhile is refused and said so.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { PictureChannel, PictureDone, PictureSend } from "../../wire/alert-picture.ts";
import type { Stage } from "../../wire/stages.ts";
import type { Call, HttpClient } from "../http/client.ts";
import { toldFault } from "../told-fault.ts";
import { taken } from "./answer.ts";

const callMs = 20_000;

export interface PictureWay {
  readonly url: string;
  readonly compose: (picture: PictureSend) => Promise<Pick<Call, "method" | "headers" | "body">>;
}

export interface PicturesOptions {
  /** Those that the settings name. */
  readonly ways: Partial<Readonly<Record<PictureChannel, PictureWay>>>;
  readonly newClient: () => HttpClient;
  readonly stage: () => Stage;
  readonly onDone: (done: PictureDone) => void;
}

export class Pictures implements Disposable {
  readonly #options: PicturesOptions;
  readonly #clients = new Map<PictureChannel, HttpClient>();
  readonly #busy = new Set<PictureChannel>();

  constructor(options: PicturesOptions) {
    this.#options = options;
  }

  async send(picture: PictureSend): Promise<void> {
    const { event, channel } = picture;
    const stage = this.#options.stage();
    stage.in += 1;
    try {
      await this.#send(picture);
      stage.out += 1;
      delete stage.lastError;
      this.#options.onDone({ type: "picture-done", event, channel });
    } catch (error) {
      const fault = toFault(error);
      stage.dropped += 1;
      stage.lastError = fault.message;
      this.#options.onDone({ type: "picture-done", event, channel, fault: toldFault(fault) });
    }
  }

  async #send(picture: PictureSend): Promise<void> {
    const { channel } = picture;
    const way = this.#options.ways[channel];
    if (way === undefined) throw new Fault("invalid", `no address is set for ${channel}`);
    if (this.#busy.has(channel)) throw new Fault("exhausted", "another picture is being sent there");
    this.#busy.add(channel);
    try {
      const client = this.#clients.get(channel) ?? this.#options.newClient();
      this.#clients.set(channel, client);
      const call = await way.compose(picture);
      const { url } = way;
      taken(await client.call({ ...call, url, totalMs: callMs, statusOnly: true }), new URL(url).host);
    } finally {
      this.#busy.delete(channel);
    }
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client[Symbol.dispose]();
  }
}
