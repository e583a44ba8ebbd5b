/**
 * Is there a network, and by which name is the doorbell found on it? Names and states only: no packet leaves.
 */
import type { Check, CheckContext } from "../check.ts";
import { firstLine } from "../machine.ts";
import { failed, passed, warned } from "./said.ts";

/** Weaker than this, live pictures stutter. */
const weakDbm = -75;

export const networkUp: Check = {
  id: "network-up",
  group: "network",
  title: "There is a network",
  mostMs: 5_000,
  async run(context) {
    const names = (await context.machine.list("/sys/class/net")).filter((name) => name !== "lo");
    const up = await upOf(context, names);
    const own = isLocal(context.settings.web.host);
    if (up.length === 0) {
      const seen = names.length === 0 ? "no network interface" : `no link on ${names.join(", ")}`;
      return own
        ? warned(seen, "the page is for this machine only (web.host), so it needs none; the public log does")
        : failed(seen, "plug the cable in, or join the Wi-Fi: sudo nmtui");
    }
    const dbm = await signalOf(context);
    const seen = `link on ${up.join(", ")}${dbm === null ? "" : `, Wi-Fi at ${dbm} dBm`}`;
    const figures = dbm === null ? [] : [{ name: "Wi-Fi", value: dbm, unit: "dbm", atLeast: weakDbm }];
    if (dbm !== null && dbm < weakDbm)
      return warned(seen, "weak: move the router or the aerial, or lay a cable", { figures });
    return passed(seen, { figures });
  },
};

async function upOf({ machine }: CheckContext, names: readonly string[]): Promise<string[]> {
  const up: string[] = [];
  for (const name of names) {
    const state = await firstLine(machine, `/sys/class/net/${name}/operstate`);
    const carrier = await firstLine(machine, `/sys/class/net/${name}/carrier`);
    // some drivers say "unknown" and mean up
    if (state === "up" || (state === "unknown" && carrier === "1")) up.push(name);
  }
  return up;
}

/** `wlan0: 0000   54.  -56.  -256 ...`: the level of the first one. */
async function signalOf({ machine }: CheckContext): Promise<number | null> {
  const text = (await machine.read("/proc/net/wireless")) ?? "";
  const [, level] = /^\s*\w+:\s+\S+\s+\S+\s+(-?\d+)/mu.exec(text) ?? [];
  const dbm = Number(level);
  return level !== undefined && dbm < 0 ? dbm : null;
}

export const networkName: Check = {
  id: "network-name",
  group: "network",
  title: "The doorbell has a name on the network",
  mostMs: 5_000,
  async run({ machine, settings }) {
    const host = (await firstLine(machine, "/proc/sys/kernel/hostname")) ?? "";
    if (isLocal(settings.web.host))
      return passed(`it is called ${host}; the page is for this machine only (web.host)`);
    if (host === "" || host === "localhost" || host === "(none)")
      return warned("the machine has no name of its own", "give it one: sudo hostnamectl hostname doorbell");
    const announced = (await machine.list("/run/avahi-daemon")).includes("pid");
    if (announced) return passed(`${host}.local is announced at home (mDNS)`);
    return warned(
      `${host} is not announced at home, so it is found by its address only`,
      "sudo apt install avahi-daemon announces it as a .local name",
    );
  },
};

function isLocal(host: string): boolean {
  return host === "127.0.0.1" || host === "localhost" || host === "::1";
}
