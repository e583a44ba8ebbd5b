/**
 * House: a doorbell with a page that is open, a broker and a browser that is told by web push, and what a press takes to each.
 *
 * Measured from before the HTTP request that makes the edge to the last byte at the receiver, all on this machine; the
 * request's own way is in the figure.
 */
import { startDaemon, type Daemon } from "../../rigs/daemon.ts";
import { startMosquitto, type Subscriber } from "../../rigs/mosquitto.ts";
import { expectOk, putJson } from "../../rigs/person.ts";
import { startPushService, type RigBrowser } from "../../rigs/push-service.ts";

export const receivers = ["mqtt", "page", "push"] as const;
export type Receiver = (typeof receivers)[number];
export type Delays = Readonly<Record<Receiver, readonly number[]>>;

const gapMs = 20;

export interface House extends AsyncDisposable {
  readonly daemon: Daemon;
  press(count: number): Promise<Delays>;
}

interface HouseOptions {
  readonly flags?: readonly string[];
  readonly data?: string;
}

export async function openHouse({ flags = [], data }: HouseOptions = {}): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const broker = stack.use(await startMosquitto());
  const home = stack.use(await broker.subscribe("sill/#"));
  const service = stack.use(await startPushService());
  const browser = service.browser();
  const daemon = stack.use(
    await startDaemon({
      ...(data === undefined ? {} : { data }),
      flags: [
        "--button.cooldownMs=0",
        "--log.level=warn",
        `--mqtt.url=${broker.url}`,
        `--alerts.pushHosts=${JSON.stringify([service.host])}`,
        ...flags,
      ],
    }),
  );
  const phone = { ...browser.subscription, label: "a bench" };
  await expectOk(await putJson(daemon.owner, "/api/phones", phone, "POST"));
  await home.next(({ text }) => text === "online");
  const page = await openPage(daemon);
  stack.defer(() => page.close());
  const open = stack.move();
  return {
    daemon,
    press: (count) => pressMany(count, { daemon, home, browser, page }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

interface Page {
  /** When the next ring arrives. */
  nextRing(): Promise<number>;
  close(): void;
}

async function openPage({ owner }: Daemon): Promise<Page> {
  const socket = owner.socket("/api/ws");
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  let heard = (_atMs: number): void => {};
  socket.on("message", (data: Buffer) => {
    const notice = JSON.parse(data.toString()) as { fresh?: boolean; event?: { kind: string } };
    if (notice.fresh === true && notice.event?.kind === "ring") heard(performance.now());
  });
  return { nextRing: () => new Promise((resolve) => (heard = resolve)), close: () => socket.close() };
}

interface Told {
  readonly daemon: Daemon;
  readonly home: Subscriber;
  readonly browser: RigBrowser;
  readonly page: Page;
}

async function pressMany(count: number, { daemon, home, browser, page }: Told): Promise<Delays> {
  const delays = { mqtt: [] as number[], page: [] as number[], push: [] as number[] };
  for (let i = 0; i < count; i += 1) {
    const [before, pushed] = [home.heard.length, browser.got.length];
    const startMs = performance.now();
    const arrived = [
      home
        .next((heard) => heard.topic.endsWith("/ring") && home.heard.indexOf(heard) >= before)
        .then(() => delays.mqtt.push(performance.now() - startMs)),
      page.nextRing().then((atMs) => delays.page.push(atMs - startMs)),
      browser
        .next((push) => browser.got.indexOf(push) >= pushed)
        .then(({ atMs }) => delays.push.push(atMs - startMs)),
    ];
    await daemon.owner.fetch("/api/sim/press", { method: "POST" });
    await Promise.all(arrived);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  return delays;
}
