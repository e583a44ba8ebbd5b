/**
 * Courier link: hands on what the courier says, each word to who understands it.
 *
 * The feed goes to the feed desk; parcels, chunks and docks to the grants; who was reached to the self-test; what became of alerts to the teller and the phone desk. Nothing is kept for a courier that
 * is away: when it comes, each is told and says again what it wants.
 */
import type { Clock } from "../../../hal/sensors.ts";
import type { PictureDone } from "../../wire/alert-picture.ts";
import { encodeChunk, type Chunk } from "../../wire/chunk.ts";
import { listenLink, type Link } from "../../wire/link.ts";
import {
  courierToKeeperSchema,
  type CourierStatus,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../../wire/messages.ts";
import type { FeedMessage } from "../consent/feed/feed-desk.ts";
import type { HappenedDone, SwitchSaid } from "../../wire/told.ts";
import type { GrantMessage } from "../grants/grants.ts";
import type { OutsideCalls } from "../outside-calls.ts";
import type { PhoneDesk } from "../push/phone-desk.ts";
import { Peer } from "./peer.ts";

export interface CourierLinkOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly feed: {
    /** The courier is there. */
    greet(): void;
    handle(message: FeedMessage): Promise<void>;
  };
  readonly grants: {
    courierArrived(): void;
    courierLeft(): void;
    handle(message: GrantMessage): void;
  };
  readonly outside: Pick<OutsideCalls, "handle" | "clear">;
  readonly phones: Pick<PhoneDesk, "greet" | "clear" | "handle">;
  readonly told: { greet(): void; done(message: HappenedDone): void };
  readonly alertPictures: { done(message: PictureDone): void; courierLeft(): void };
  /** What the house's broker switches. */
  readonly switches: { handle(message: SwitchSaid): Promise<void> };
  readonly onChange: () => void;
}

export class CourierLink implements AsyncDisposable {
  readonly #options: CourierLinkOptions;
  readonly peer = new Peer("courier");
  #link: Link<KeeperToCourier> | null = null;
  #status: CourierStatus | null = null;

  constructor(options: CourierLinkOptions) {
    this.#options = options;
  }

  get link(): Link<KeeperToCourier> | null {
    return this.#link;
  }

  /** What the courier said last; null while it is away. */
  get status(): CourierStatus | null {
    return this.#status;
  }

  send(message: KeeperToCourier): void {
    this.#link?.send(message);
  }

  /** To a courier that is there. */
  sendNow(message: KeeperToCourier): void {
    if (this.peer.connected) this.#link?.send(message);
  }

  sendChunk(chunk: Chunk): void {
    this.#link?.sendBinary(encodeChunk(chunk));
  }

  async open(): Promise<void> {
    this.#link = await listenLink<CourierToKeeper, KeeperToCourier>({
      path: this.#options.path,
      incoming: courierToKeeperSchema,
      onMessage: (message) => this.#handle(message),
      onConnected: (connected) => {
        this.#status = null;
        if (connected) this.peer.arrived(this.#options.clock.wallMs());
        else {
          this.peer.left();
          this.#options.grants.courierLeft();
          this.#options.alertPictures.courierLeft();
          this.#options.outside.clear();
          this.#options.phones.clear();
        }
        this.#options.onChange();
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link?.close();
  }

  #handle(message: CourierToKeeper): void {
    switch (message.type) {
      case "hello":
        this.peer.hello(message);
        this.#options.feed.greet();
        this.#options.phones.greet(); // before they are named
        this.#options.told.greet();
        return this.#options.grants.courierArrived();
      case "courier-status":
        this.#status = message;
        this.peer.heard(this.#options.clock.monoMs());
        if (message.mqtt !== undefined) this.#options.onChange();
        return;
      case "switch":
        return void this.#options.switches.handle(message);
      case "picture-done":
        return this.#options.alertPictures.done(message);
      case "happened-done":
        return this.#options.told.done(message);
      case "phone-gone":
      case "phone-state":
      case "phone-tested":
        return this.#options.phones.handle(message);
      case "feed-checkpoint":
      case "feed-bundle":
      case "feed-end":
      case "feed-failed":
        return void this.#options.feed.handle(message);
      case "chunk-asked":
      case "parcel-state":
      case "dock-answer":
        return this.#options.grants.handle(message);
      case "reached":
        return this.#options.outside.handle(message);
    }
  }
}
