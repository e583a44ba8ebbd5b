/**
 * Rtsp: the masked picture for systems of the house, as RTSP and ONVIF.
 *
 *   keeper -> door (may anything be shown?)      keeper -> feed -> connections
 *   connection, snapshot -> door (note a view) -> keeper -> ledger
 *
 * Ports are open while the keeper says that the signed policy allows it, and only then. When it stops, the ports are
 * closed and everybody is sent away in the same turn. What comes in is read by code of ours in a memory-safe
 * language, in a process that knows no key and no file but the password.
 */
import type { Settings } from "../../config/schema.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { readSecretOf } from "../files/secret.ts";
import { connectLink, type Link } from "../wire/link.ts";
import { wireVersion } from "../wire/messages.ts";
import { keeperToRtspSchema, type KeeperToRtsp, type RtspStatus, type RtspToKeeper } from "../wire/rtsp.ts";
import { version } from "../wire/sill-version.ts";
import { Attempts } from "./auth/attempts.ts";
import { Digest } from "./auth/digest.ts";
import { Door } from "./door.ts";
import { Feed } from "./picture/feed.ts";
import { newCounts } from "./server/counts.ts";
import { RtspServer } from "./server/server.ts";

const statusEveryMs = 10_000;
const retryMs = 5_000;
const realm = "Sill";
const leastPassword = 12;

export interface RtspOptions {
  readonly settings: Settings["rtsp"];
  readonly socketPath: string;
  readonly clock: Clock;
}

export interface Rtsp extends AsyncDisposable {
  readonly connected: boolean;
  /** null = closed. */
  readonly port: number | null;
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
  readonly #attempts: Attempts;
  readonly #door: Door;
  #link: Link<RtspToKeeper> | null = null;
  #servers: AsyncDisposableStack | null = null;
  #server: RtspServer | null = null;
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
    this.#door = new Door({
      clock,
      feed: this.#feed,
      send: (message) => this.#link?.send(message),
      onChange: () => this.#doorChanged(),
    });
  }

  get connected(): boolean {
    return this.#link?.connected === true;
  }

  get port(): number | null {
    return this.#server?.port ?? null;
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
    this.#cancelStatus = clock.every(1_000, () => {
      beats = (beats + 1) % (statusEveryMs / 1_000);
      this.#tell(beats !== 0);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancelStatus();
    this.#cancelRetry();
    this.#server?.endAll();
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
        return;
    }
  }

  #doorChanged(): void {
    if (!this.#door.isOpen) this.#server?.endAll();
    this.#settle();
  }

  /** Ports open or closed, as the door says by then; one step at a time. */
  #settle(): void {
    this.#turn = this.#turn.then(async () => {
      const wanted = !this.#closed && this.#door.said?.allowed === true;
      try {
        if (wanted && this.#servers === null) await this.#open();
        if (!wanted && this.#servers !== null) await this.#close();
        if (!wanted) this.#fault = null;
      } catch (error) {
        this.#fault = toFault(error);
        if (!this.#closed) this.#cancelRetry = this.#options.clock.after(retryMs, () => this.#settle());
      }
      this.#tell(true);
    });
  }

  async #open(): Promise<void> {
    const { settings, clock } = this.#options;
    await using stack = new AsyncDisposableStack();
    const digest = new Digest({ clock, realm, user: settings.user, password: await this.#password() });
    const server = stack.use(
      await RtspServer.open({
        host: settings.host,
        port: settings.streamPort,
        clock,
        door: this.#door,
        feed: this.#feed,
        digest,
        attempts: this.#attempts,
        counts: this.#counts,
      }),
    );
    this.#server = server;
    this.#servers = stack.move();
    this.#fault = null;
  }

  async #close(): Promise<void> {
    const servers = this.#servers;
    this.#servers = null;
    this.#server = null;
    await servers?.disposeAsync();
  }

  async #password(): Promise<string> {
    const password = await readSecretOf(
      "RTSP process",
      this.#options.settings.passwordFile,
      "rtsp.passwordFile",
    );
    if (password !== null && password.length >= leastPassword) return password;
    const what =
      password === null
        ? "rtsp.passwordFile is not set"
        : `the password has less than ${leastPassword} characters`;
    throw new Fault("invalid", `${what}: nothing is given by RTSP`, {
      hint: "openssl rand -hex 16 makes one; write it into a file that the user of the RTSP process may read",
    });
  }

  /** `onlyNews`: nothing is said where nothing has changed. */
  #tell(onlyNews = false): void {
    if (!this.connected) return;
    const { user, system } = process.cpuUsage();
    const { connections, refused, lastError } = this.#counts;
    const news = {
      port: this.port,
      onvifPort: null,
      watching: this.#server?.watching ?? 0,
      stages: [
        this.#stage("rtsp frames", {
          in: this.#feed.in,
          out: this.#counts.out,
          dropped: this.#feed.dropped + this.#counts.dropped,
        }),
        this.#stage("rtsp connections", { in: connections, out: 0, dropped: refused }, lastError),
        this.#stage("rtsp passwords", { in: this.#attempts.wrong, out: 0, dropped: this.#attempts.refused }),
      ],
      ...(this.#fault === null ? {} : { fault: toldFault(this.#fault) }),
    } satisfies Partial<RtspStatus>;
    const text = JSON.stringify([news.port, news.onvifPort, news.watching, this.#fault?.message]);
    if (onlyNews && text === this.#told) return;
    this.#told = text;
    const cpuMs = Math.round((user + system) / 1_000);
    this.#link?.send({ type: "rtsp-status", ...news, rssBytes: process.memoryUsage.rss(), cpuMs });
  }

  #stage(
    name: string,
    counts: { in: number; out: number; dropped: number },
    lastError: string | null = null,
  ) {
    return { name, ...counts, ...(lastError === null ? {} : { lastError }) };
  }
}

function toldFault({ kind, message, hint }: Fault) {
  return { kind, message, ...(hint === undefined ? {} : { hint }) };
}
