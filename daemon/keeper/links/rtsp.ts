/**
 * RTSP link: the masked picture for systems of the house, as one more viewer of the live hub.
 *
 * The keeper alone decides. It tells the process whether pictures may be given (`door`), again whenever that changes;
 * it notes each view in the ledger before the first unit for it leaves, and sends units only while a noted view is
 * open. When the policy, the mask or the privacy of now says no, units stop in that turn, before the process hears why.
 * There is no socket where `rtsp.enabled` is false.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Event } from "../../wire/api.ts";
import { listenLink, type Link } from "../../wire/link.ts";
import {
  rtspToKeeperSchema,
  type KeeperToRtsp,
  type RtspStatus,
  type RtspToKeeper,
} from "../../wire/rtsp.ts";
import type { LiveHub } from "../live.ts";
import type { ViewerSocket } from "../viewers.ts";
import type { Views } from "../views.ts";
import { wireFault } from "../wire-fault.ts";
import { Peer } from "./peer.ts";

export type RtspDoor = Extract<KeeperToRtsp, { type: "rtsp-door" }>;
/** One asking; the same id may come again, from a process that was started anew. */
interface Noted {
  /** Ends it in the ledger; null = it is being noted. */
  leave: (() => void) | null;
}
type Begin = Extract<RtspToKeeper, { type: "view-begin" }>;

/** As many as may watch, and their snapshots. */
const mostViews = 16;

export interface RtspLinkOptions {
  readonly path: string;
  /** False: it never listens. */
  readonly enabled: boolean;
  readonly clock: Clock;
  readonly live: LiveHub;
  readonly views: Pick<Views, "live">;
  /** Asked anew each time. */
  readonly door: () => RtspDoor;
  readonly onChange: () => void;
}

export class RtspLink implements AsyncDisposable {
  readonly #options: RtspLinkOptions;
  readonly peer = new Peer("rtsp");
  /** Views that are being noted or open. */
  readonly #views = new Map<string, Noted>();
  #link: Link<KeeperToRtsp> | null = null;
  #status: RtspStatus | null = null;
  #told = "";
  #sink: LinkSink | null = null;
  /** Movements that go on. */
  readonly #motions = new Set<string>();
  refused = 0;
  lastError: Fault | null = null;

  constructor(options: RtspLinkOptions) {
    this.#options = options;
  }

  get enabled(): boolean {
    return this.#options.enabled;
  }

  get link(): Link<KeeperToRtsp> | null {
    return this.#link;
  }

  /** What it said last; null while it is away. */
  get status(): RtspStatus | null {
    return this.#status;
  }

  get door(): RtspDoor {
    return this.#options.door();
  }

  async open(): Promise<void> {
    if (!this.#options.enabled) return;
    this.#link = await listenLink<RtspToKeeper, KeeperToRtsp>({
      path: this.#options.path,
      incoming: rtspToKeeperSchema,
      onMessage: (message) => this.#handle(message),
      onConnected: (connected) => {
        this.#status = null;
        this.#told = "";
        this.#endAll();
        if (connected) this.peer.arrived(this.#options.clock.wallMs());
        else this.peer.left();
        this.#options.onChange();
        this.look();
        const wallMs = Math.round(this.#options.clock.wallMs());
        if (this.#motions.size > 0) this.#happened({ kind: "motion", on: true, wallMs });
      },
    });
  }

  /** Something may have changed: policy, mask, camera. Units stop here, before anything is told. */
  look(): void {
    if (!this.#options.enabled) return;
    const door = this.#options.door();
    if (!door.allowed || !door.open) this.#endAll();
    const text = JSON.stringify(door);
    if (!this.peer.connected || text === this.#told) return;
    this.#told = text;
    this.#link?.send(door);
  }

  /** A ring or a movement; without its picture. */
  event({ id, kind, startWallMs, endWallMs }: Event, fresh: boolean): void {
    if (!this.#options.enabled) return;
    if (kind === "ring") {
      if (fresh) this.#happened({ kind, on: true, wallMs: startWallMs });
      return;
    }
    const before = this.#motions.size > 0;
    if (endWallMs === null) this.#motions.add(id);
    else this.#motions.delete(id);
    const on = this.#motions.size > 0;
    if (on !== before) this.#happened({ kind, on, wallMs: on ? startWallMs : (endWallMs ?? startWallMs) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#endAll();
    await this.#link?.close();
  }

  /** What happens while nothing may leave, or while nobody is there, is not told later. */
  #happened(what: { kind: "ring" | "motion"; on: boolean; wallMs: number }): void {
    if (!this.peer.connected || !this.#options.door().allowed) return;
    this.#link?.send({ type: "rtsp-happened", ...what });
  }

  #handle(message: RtspToKeeper): void {
    this.peer.heard(this.#options.clock.monoMs());
    switch (message.type) {
      case "hello":
        return this.peer.hello(message);
      case "rtsp-status":
        this.#status = message;
        return this.#options.onChange();
      case "view-begin":
        return void this.#begin(message);
      case "view-end":
        return this.#end(message.view);
    }
  }

  async #begin({ view, how, from }: Begin): Promise<void> {
    const { door, views, live } = this.#options;
    const { allowed, open, why } = door();
    if (!allowed || !open || this.#views.size >= mostViews || this.#views.has(view))
      return this.#refuse(view, {
        kind: "unavailable",
        message: why ?? `${mostViews} views are open already`,
      });
    const noted: Noted = { leave: null };
    this.#views.set(view, noted);
    const isOurs = (): boolean => this.#views.get(view) === noted;
    try {
      const name = `${how === "rtsp" ? "RTSP" : "ONVIF snapshot"}, ${from}`;
      const leave = await views.live({ id: `${how} ${from}`, name }, () => isOurs() && this.#endUntold(view));
      // ended, or shut, while the ledger was written
      if (!isOurs()) return leave();
      noted.leave = leave;
      if (this.#sink === null && live.isFull)
        throw new Fault("unavailable", "as many watch the live picture as may");
      this.#link?.send({ type: "view-noted", view });
      this.#watch();
    } catch (error) {
      this.lastError = toFault(error);
      if (!isOurs()) return;
      this.#end(view);
      this.#refuse(view, wireFault(this.lastError));
    }
  }

  /** It goes on, and the ledger cannot say so. */
  #endUntold(view: string): void {
    this.#end(view);
    this.#refuse(view, { kind: "unavailable", message: "the history cannot be written" });
  }

  #refuse(view: string, fault: { kind: string; message: string; hint?: string | undefined }): void {
    this.refused += 1;
    const { kind, message, hint } = fault;
    this.#link?.send({
      type: "view-refused",
      view,
      fault: { kind, message, ...(hint === undefined ? {} : { hint }) },
    });
  }

  #end(view: string): void {
    const noted = this.#views.get(view);
    this.#views.delete(view);
    noted?.leave?.();
    if (![...this.#views.values()].some(({ leave }) => leave !== null)) this.#unwatch();
  }

  #endAll(): void {
    for (const view of this.#views.keys()) this.#end(view);
    this.#unwatch();
  }

  #watch(): void {
    const link = this.#link;
    if (this.#sink !== null || link === null) return;
    this.#sink = new LinkSink(link);
    this.#options.live.add(this.#sink);
    this.#options.onChange();
  }

  #unwatch(): void {
    this.#sink?.close();
    this.#sink = null;
  }
}

/** The link as a viewer of the live hub. */
class LinkSink implements ViewerSocket {
  readonly #link: Link<KeeperToRtsp>;
  #onClose: (() => void) | null = null;
  #closed = false;

  constructor(link: Link<KeeperToRtsp>) {
    this.#link = link;
  }

  get bufferedAmount(): number {
    return this.#link.unsentBytes;
  }

  send(unit: Uint8Array): void {
    if (!this.#closed) this.#link.sendBinary(unit);
  }

  over(): void {
    if (!this.#closed) this.#link.send({ type: "views-over" });
  }

  on(_event: "close", handler: () => void): void {
    this.#onClose = handler;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose?.();
  }
}
