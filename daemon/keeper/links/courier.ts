/**
 * Courier link: the gate, which is shut.
 *
 * Until an owner can sign a grant there is none, so every chunk that is asked for is refused
 * with `no-such-grant`, and counted. Nothing else can be asked.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { listenLink, type Link } from "../../wire/link.ts";
import {
  courierToKeeperSchema,
  type CourierStatus,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../../wire/messages.ts";
import { Peer } from "./peer.ts";

export interface CourierLinkOptions {
  readonly path: string;
  readonly clock: Clock;
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
    if (message.type === "hello") return this.peer.hello(message.pid);
    if (message.type === "courier-status") {
      this.#status = message;
      return;
    }
    if (message.type !== "chunk-asked") return;
    this.asked += 1;
    this.refused += 1;
    this.#link?.send({
      type: "chunk-refused",
      grant: message.grant,
      offset: message.offset,
      reason: "no-such-grant",
    });
  }
}
