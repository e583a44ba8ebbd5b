/**
 * Door: what the keeper lets through, asked for before anything is shown.
 *
 * The keeper says whether the signed policy allows pictures to leave this way (`allowed`) and whether there is one to
 * show (`open`). A view is in the ledger before the keeper sends the first unit for it. Keeper away, no word yet,
 * or a no: nothing is allowed.
 */
import { randomInt } from "node:crypto";
import { Fault, faultKinds } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { KeeperToRtsp, RtspToKeeper } from "../wire/rtsp.ts";
import type { Feed } from "./picture/feed.ts";

type DoorSaid = Extract<KeeperToRtsp, { type: "rtsp-door" }>;
export type ViewKind = Extract<RtspToKeeper, { type: "view-begin" }>["how"];

/** Ends by `end`, or by the door. */
export interface View {
  /** The door was closed since, be it open again. */
  isOver(): boolean;
  end(): void;
}

export interface DoorOptions {
  readonly clock: Clock;
  readonly feed: Feed;
  readonly send: (message: RtspToKeeper) => void;
  /** `open` became false: whoever watches is sent away. `allowed` is another: ports open or close. */
  readonly onChange: (said: DoorSaid | null) => void;
}

/** For the ledger and for the first picture; a camera that sleeps takes its time to wake. */
const patienceMs = 8_000;

export class Door {
  readonly #options: DoorOptions;
  readonly #waiting = new Map<string, { resolve(): void; reject(fault: Fault): void }>();
  #said: DoorSaid | null = null;
  /** No view is called as one of a run before, which the keeper may be noting still. */
  readonly #run = String(randomInt(10 ** 8)).padStart(8, "0");
  #count = 0;
  /** In the ledger; what each does when the keeper ends it. */
  readonly #noted = new Map<string, () => void>();
  /** How often it was closed. */
  #shuts = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  get said(): DoorSaid | null {
    return this.#said;
  }

  get isOpen(): boolean {
    return this.#said?.allowed === true && this.#said.open;
  }

  handle(message: DoorSaid): void {
    this.#said = message;
    if (!this.isOpen) this.#shut();
    this.#options.onChange(message);
  }

  /** The keeper is away. */
  lost(): void {
    this.#said = null;
    this.#shut();
    this.#options.onChange(null);
  }

  noted(view: string): void {
    this.#waiting.get(view)?.resolve();
  }

  refused(
    view: string,
    { kind, message, hint }: { kind: string; message: string; hint?: string | undefined },
  ): void {
    const known = faultKinds.find((each) => each === kind) ?? "unavailable";
    this.#noted.get(view)?.();
    this.#waiting.get(view)?.reject(new Fault(known, message, { hint }));
  }

  /**
   * Resolves when the view is in the ledger and the stream's first keyframe is here; `onOver`: the keeper ended it.
   * Throws Fault.
   */
  async view(how: ViewKind, from: string, onOver = (): void => {}): Promise<View> {
    if (!this.isOpen) throw new Fault("unavailable", this.#said?.why ?? "nothing is shown now");
    const { send, clock, feed } = this.#options;
    this.#count += 1;
    const view = `view-${this.#run}${String(this.#count).padStart(8, "0")}`;
    let over = false;
    const shuts = this.#shuts;
    const end = (): void => {
      if (over) return;
      over = true;
      send({ type: "view-end", view });
      if (this.#noted.delete(view) && this.#noted.size === 0) feed.close();
    };
    const { promise: asked, resolve, reject } = Promise.withResolvers<void>();
    const noted = (): void => {
      // within the turn: the first unit is the next thing that comes
      this.#noted.set(view, onOver);
      feed.open();
      resolve();
    };
    this.#waiting.set(view, { resolve: noted, reject });
    const cancel = clock.after(patienceMs, () =>
      this.#waiting.get(view)?.reject(new Fault("timeout", "there is no picture yet")),
    );
    send({ type: "view-begin", view, how, from });
    try {
      await asked;
      await this.#firstPicture(view);
      return { end, isOver: () => over || this.#shuts !== shuts };
    } catch (error) {
      end();
      throw error;
    } finally {
      cancel();
      this.#waiting.delete(view);
    }
  }

  #firstPicture(view: string): Promise<void> {
    const { feed } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(view, { resolve: () => {}, reject });
    if (feed.newestKey !== null) resolve();
    return promise.finally(feed.watch(({ keyframe }) => keyframe && resolve()));
  }

  #shut(): void {
    this.#shuts += 1;
    this.#options.feed.clear();
    for (const waiting of this.#waiting.values())
      waiting.reject(new Fault("unavailable", this.#said?.why ?? "nothing is shown now"));
  }
}
