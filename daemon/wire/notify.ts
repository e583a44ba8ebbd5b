/**
 * Notify: what a process of the house tells the service manager that started it (sd_notify).
 *
 * READY when it works, STATUS in words, STOPPING at the end, and WATCHDOG only after the process was
 * asked whether it still does what it is there for: the question is asked by a timer of the event
 * loop, so a stuck loop says nothing either. A manager that hears nothing kills and restarts.
 * Without NOTIFY_SOCKET, which is everywhere but in a unit, nothing is told to anybody.
 */
import type { Clock } from "../../hal/sensors.ts";
import { openNotifySocket, type NotifySocket } from "../../hal/notify-socket.ts";

export interface Duties {
  /** Null = alive; else what has come to a stop, in words. */
  trouble(): string | null;
  /** One line for who asks the manager. */
  status(): string;
}

export interface Notify {
  /** It works now; from here on its duties are asked about. */
  ready(duties: Duties): void;
  stopping(): void;
}

export interface NotifyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly open?: (address: string) => Promise<NotifySocket>;
}

/** Twice as often as the manager's patience asks for, and then some. */
const beatsPerPatience = 4;
/** Where there is no watchdog the words are still kept up to date. */
const statusOnlyMs = 10_000;
const microsPerMs = 1_000;

export async function openNotify({ env, clock, open = openNotifySocket }: NotifyOptions): Promise<Notify> {
  const address = env["NOTIFY_SOCKET"] ?? "";
  if (address === "") return { ready() {}, stopping() {} };
  const socket = await open(address);
  const watchdogMs = patienceMs(env);
  let cancel = (): void => {};
  let told = "";
  const beat = (duties: Duties): void => {
    const trouble = duties.trouble();
    const status = `STATUS=${oneLine(trouble === null ? duties.status() : `not alive: ${trouble}`)}`;
    const words = [];
    if (watchdogMs !== null && trouble === null) words.push("WATCHDOG=1");
    if (status !== told) words.push(status);
    if (words.length > 0 && socket.send(words.join("\n"))) told = status;
  };
  return {
    ready(duties) {
      socket.send("READY=1");
      beat(duties);
      const everyMs = watchdogMs === null ? statusOnlyMs : watchdogMs / beatsPerPatience;
      cancel = clock.every(everyMs, () => beat(duties));
    },
    stopping() {
      cancel();
      socket.send("STOPPING=1\nSTATUS=closes what is open");
    },
  };
}

/** Null = nobody watches, or another process is watched. */
function patienceMs(env: NotifyOptions["env"]): number | null {
  const micros = Number(env["WATCHDOG_USEC"] ?? "");
  const pid = env["WATCHDOG_PID"];
  if (pid !== undefined && pid !== String(process.pid)) return null;
  return Number.isFinite(micros) && micros > 0 ? micros / microsPerMs : null;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}
