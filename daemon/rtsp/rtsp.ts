/**
 * Rtsp: the masked picture for systems of the house, as RTSP and ONVIF.
 *
 *   keeper -> door (may anything be shown?)      keeper -> feed -> connections
 *   connection, snapshot -> door (note a view) -> keeper -> ledger
 *   keeper (a ring, motion) -> pull points of ONVIF
 *
 * Ports are open while the keeper says that the signed policy allows it, and only then. When it stops, the ports are
 * closed and everybody is sent away in the same turn. What comes in is read by code of ours in a memory-safe
 * language, in a process that knows no key and no file but the password.
 */
import type { Settings } from "../../config/schema.ts";
import { toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { connectLink, type Link } from "../wire/link.ts";
import { wireVersion } from "../wire/messages.ts";
import { keeperToRtspSchema, type KeeperToRtsp, type RtspToKeeper } from "../wire/rtsp.ts";
import { version } from "../wire/sill-version.ts";
import { Attempts } from "./auth/attempts.ts";
import { Door } from "./door.ts";
import type { About } from "./onvif/about.ts";
import { PullPoints } from "./onvif/pull-points.ts";
import { Feed } from "./picture/feed.ts";
import { Snapshots } from "./picture/snapshots.ts";
import { openPorts, type Ports } from "./ports.ts";
import { newCounts } from "./server/counts.ts";
import { stagesOf, toldFault } from "./status.ts";

const newsEveryMs = 1_000;
const statusEvery = 10;
const retryMs = 5_000;

export interface RtspOptions {
  readonly settings: Settings["rtsp"];
  readonly socketPath: string;
  readonly clock: Clock;
}

export interface Rtsp extends AsyncDisposable {
  readonly connected: boolean;
  /** null = closed. */
  readonly port: number | null;
  readonly onvifPort: number | null;
}

/** Returns at once; connects, and connects again, in the background. */
export function openRtsp(options: RtspOptions): Rtsp {
  const rtsp = new RtspProcess(options);
  rtsp.start();
  return rtsp;
}

class RtspProcess implements Rtsp {
  readonly #options: RtspOptions;
  readonly #feed = new Feed();
  readonly #counts = newCounts();
  readonly #onvifCounts = newCounts();
  readonly #attempts: Attempts;
  readonly #points: PullPoints;
  readonly #door: Door;
  readonly #snapshots: Snapshots;
  #link: Link<RtspToKeeper> | null = null;
  #ports: Ports | null = null;
  #turn: Promise<void> = Promise.resolve();
  #fault: Fault | null = null;
  #told = "";
  #cancelStatus = (): void => {};
  #cancelRetry = (): void => {};
  #closed = false;

  constructor(options: RtspOptions) {
    this.#options = options;
    const { clock } = options;
    this.#attempts = new Attempts(clock);
    this.#points = new PullPoints(clock);
    this.#door = new Door({
      clock,
      feed: this.#feed,
      send: (message) => this.#link?.send(message),
      onChange: () => this.#doorChanged(),
    });
    this.#snapshots = new Snapshots(this.#door, this.#feed);
  }

  get connected(): boolean {
    return this.#link?.connected === true;
  }

  get port(): number | null {
    return this.#ports?.rtsp.port ?? null;
  }

  get onvifPort(): number | null {
    return this.#ports?.onvif?.port ?? null;
  }

  start(): void {
    const { socketPath, clock } = this.#options;
    this.#link = connectLink<KeeperToRtsp, RtspToKeeper>({
      path: socketPath,
      incoming: keeperToRtspSchema,
      clock,
      onMessage: (message) => this.#handle(message),
      onBinary: (bytes) => this.#feed.handle(bytes),
      onConnected: (connected) => {
        if (!connected) return this.#door.lost();
        const who = { type: "hello", process: "rtsp", pid: process.pid } as const;
        this.#link?.send({ ...who, version: wireVersion, sill: version });
        this.#tell();
      },
    });
    let beats = 0;
    this.#cancelStatus = clock.every(newsEveryMs, () => {
      beats = (beats + 1) % statusEvery;
      this.#tell(beats !== 0);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancelStatus();
    this.#cancelRetry();
    this.#ports?.rtsp.endAll();
    this.#settle();
    await this.#turn;
    await this.#link?.close();
  }

  #handle(message: KeeperToRtsp): void {
    switch (message.type) {
      case "rtsp-door":
        return this.#door.handle(message);
      case "view-noted":
        return this.#door.noted(message.view);
      case "view-refused":
        return this.#door.refused(message.view, message.fault);
      case "views-over":
        return this.#feed.clear();
      case "rtsp-happened":
        return this.#points.happened(message.kind, message.on, message.wallMs);
    }
  }

  #doorChanged(): void {
    if (!this.#door.isOpen) {
      this.#ports?.rtsp.endAll();
      this.#ports?.onvif?.endPictures();
    }
    this.#settle();
  }

  /** Ports open or closed, as the door says by then; one step at a time. */
  #settle(): void {
    this.#turn = this.#turn.then(async () => {
      const wanted = !this.#closed && this.#door.said?.allowed === true;
      try {
        if (wanted && this.#ports === null) await this.#open();
        if (!wanted && this.#ports !== null) await this.#close();
        if (!wanted) this.#fault = null;
      } catch (error) {
        this.#fault = toFault(error);
        this.#cancelRetry();
        if (!this.#closed) this.#cancelRetry = this.#options.clock.after(retryMs, () => this.#settle());
      }
      this.#tell(true);
    });
  }

  async #open(): Promise<void> {
    const { settings, clock } = this.#options;
    this.#ports = await openPorts({
      settings,
      clock,
      door: this.#door,
      feed: this.#feed,
      attempts: this.#attempts,
      points: this.#points,
      counts: this.#counts,
      onvifCounts: this.#onvifCounts,
      about: () => this.#about(),
      snapshot: (from) => this.#snapshots.take(from),
    });
    this.#fault = null;
  }

  async #close(): Promise<void> {
    const ports = this.#ports;
    this.#ports = null;
    await ports?.[Symbol.asyncDispose]();
  }

  #about(): About {
    const { device = "", name = "", size = { width: 0, height: 0, fps: 0 } } = this.#door.said ?? {};
    return { device, name, version, size };
  }

  /** `onlyNews`: nothing is said where nothing has changed. */
  #tell(onlyNews = false): void {
    if (!this.connected) return;
    const fault = this.#fault;
    const news = {
      port: this.port,
      onvifPort: this.onvifPort,
      watching: this.#ports?.rtsp.watching ?? 0,
      ...(fault === null ? {} : { fault: toldFault(fault) }),
    };
    const text = JSON.stringify(news);
    if (onlyNews && text === this.#told) return;
    this.#told = text;
    const { user, system } = process.cpuUsage();
    this.#link?.send({
      type: "rtsp-status",
      ...news,
      stages: stagesOf({
        feed: this.#feed,
        counts: this.#counts,
        onvifCounts: this.#onvifCounts,
        attempts: this.#attempts,
        points: this.#points,
        discovery: this.#ports?.discovery ?? null,
      }),
      rssBytes: process.memoryUsage.rss(),
      cpuMs: Math.round((user + system) / 1_000),
    });
  }
}
