/**
 * Courier link: hands on what the courier says, each word to who understands it.
 *
 * The feed goes to the feed desk. Until an owner can sign a grant there is none, so every chunk that is
 * asked for is refused with `no-such-grant`, and counted.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { listenLink, type Link } from "../../wire/link.ts";
import {
  courierToKeeperSchema,
  type CourierStatus,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../../wire/messages.ts";
import type { FeedMessage } from "../consent/feed/feed-desk.ts";
import { Peer } from "./peer.ts";

export interface CourierLinkOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly feed: {
    /** The courier is there. */
    greet(): void;
    handle(message: FeedMessage): Promise<void>;
  };
  readonly onChange: () => void;
}

export class CourierLink implements AsyncDisposable {
  readonly #options: CourierLinkOptions;
  readonly peer = new Peer("courier");
  #link: Link<KeeperToCourier> | null = null;
  #status: CourierStatus | null = null;
  asked = 0;
  refused = 0;

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

  async open(): Promise<void> {
    this.#link = await listenLink<CourierToKeeper, KeeperToCourier>({
      path: this.#options.path,
      incoming: courierToKeeperSchema,
      onMessage: (message) => this.#handle(message),
      onConnected: (connected) => {
        this.#status = null;
        if (connected) this.peer.arrived(this.#options.clock.wallMs());
        else this.peer.left();
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
        this.peer.hello(message.pid);
        return this.#options.feed.greet();
      case "courier-status":
        this.#status = message;
        return;
      case "feed-checkpoint":
      case "feed-bundle":
      case "feed-end":
      case "feed-failed":
        return void this.#options.feed.handle(message);
      case "chunk-asked":
        return this.#refuse(message);
      case "parcel-state":
      case "dock-answer":
        return; // no parcel was ever sent
    }
  }

  #refuse({ grant, offset }: { grant: string; offset: number }): void {
    this.asked += 1;
    this.refused += 1;
    this.send({ type: "chunk-refused", grant, offset, reason: "no-such-grant" });
  }
}
