/**
 * Mosquitto rig: a real broker (Debian's package) on a port of its own, and a subscriber that remembers.
 *
 * `stop` and `start` keep the port; what is retained does not outlive a stop.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";

import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { Fault } from "../../hal/fault.ts";
import { freePort } from "./daemon.ts";

export interface MosquittoOptions {
  /** Nobody else is let in. */
  readonly login?: { readonly username: string; readonly password: string };
  /** PEM. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

export interface Heard {
  readonly topic: string;
  readonly text: string;
  /** It was there before the subscriber came. */
  readonly retained: boolean;
}

export interface Subscriber extends AsyncDisposable {
  readonly heard: readonly Heard[];
  /** The first that fits, so far or to come. */
  next(fits: (heard: Heard) => boolean): Promise<Heard>;
  publish(topic: string, text: string, saying?: { readonly retain: boolean }): Promise<void>;
}

export interface Mosquitto extends AsyncDisposable {
  readonly url: string;
  start(): Promise<void>;
  /** Without a word to anybody. */
  stop(): Promise<void>;
  subscribe(topic: string): Promise<Subscriber>;
}

const startMs = 60_000;

export async function startMosquitto({ login, tls }: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), "sill-mosquitto-"));
  const port = await freePort();
  // a second listener without TLS for who only listens
  const plainPort = tls === undefined ? port : await freePort();
  const lines = [
    "per_listener_settings false",
    ...(process.getuid?.() === 0 ? ["user root"] : []),
    "persistence false",
    `allow_anonymous ${login === undefined}`,
    `listener ${plainPort} 127.0.0.1`,
  ];
  if (login !== undefined) {
    const passwords = join(folder, "passwords");
    execFileSync("mosquitto_passwd", ["-b", "-c", passwords, login.username, login.password]);
    lines.push(`password_file ${passwords}`);
  }
  if (tls !== undefined) {
    await writeFile(join(folder, "key.pem"), tls.key);
    await writeFile(join(folder, "certificate.pem"), tls.certificate);
    lines.push(`listener ${port} 127.0.0.1`, `keyfile ${join(folder, "key.pem")}`);
    lines.push(`certfile ${join(folder, "certificate.pem")}`);
  }
  const config = join(folder, "mosquitto.conf");
  await writeFile(config, `${lines.join("\n")}\n`);
  let child: ChildProcess | null = null;

  const broker: Mosquitto = {
    url: `${tls === undefined ? "mqtt" : "mqtts"}://127.0.0.1:${port}`,
    async start() {
      const started = spawn("mosquitto", ["-c", config], { stdio: "ignore" });
      child = started;
      const failed = once(started, "error").then(([error]: unknown[]) => {
        throw new Fault("unavailable", "mosquitto cannot be started", { cause: error });
      });
      await Promise.race([listening(plainPort), failed]);
    },
    async stop() {
      const running = child;
      child = null;
      if (running === null || running.exitCode !== null) return;
      running.kill("SIGKILL");
      await once(running, "exit");
    },
    subscribe: (topic) => subscribe(`mqtt://127.0.0.1:${plainPort}`, topic, login),
    async [Symbol.asyncDispose]() {
      await broker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

async function listening(port: number): Promise<void> {
  const end = performance.now() + startMs;
  while (performance.now() < end) {
    const socket = connectTcp({ port, host: "127.0.0.1" });
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Fault("timeout", "mosquitto does not listen");
}

async function subscribe(url: string, topic: string, login: MosquittoOptions["login"]): Promise<Subscriber> {
  const client = await mqtt.connectAsync(url, { ...login, reconnectPeriod: 0, protocolVersion: 4 });
  const heard: Heard[] = [];
  const listeners = new Set<() => void>();
  client.on("error", () => {});
  client.on("message", (from, bytes, { retain }) => {
    heard.push({ topic: from, text: bytes.toString("utf8"), retained: retain });
    for (const listener of listeners) listener();
  });
  await client.subscribeAsync(topic, { qos: 1 });
  return {
    heard,
    next: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.find(fits);
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    async publish(to, text, { retain } = { retain: false }) {
      await client.publishAsync(to, text, { qos: 1, retain });
    },
    async [Symbol.asyncDispose]() {
      await client.endAsync(true);
    },
  };
}
