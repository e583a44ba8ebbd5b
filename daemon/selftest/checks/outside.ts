/**
 * Are the hosts that the owner named reached? Asked only where the test may send packets, and by the courier alone.
 *
 * What the clock says is compared with what they say: certificates, and the end of what was granted, rest on it.
 */
import type { Check, CheckResult } from "../check.ts";
import type { HostReach } from "../../wire/reach.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const mostApartS = 60;

export const networkOutside: Check = {
  id: "network-outside",
  group: "network",
  title: "The hosts that the settings name are reached",
  mostMs: 25_000,
  async run({ settings: { portal, archive, alerts }, outbound, door, signal }) {
    const named = [portal.url, ...portal.docks, alerts.ntfyUrl, alerts.webhookUrl].some(
      (host) => host !== "",
    );
    if (!named && !/^https?:/u.test(archive.to))
      return skipped("the settings name no host outside: nothing ever leaves for one");
    if (!outbound) return skipped("nothing was sent: the test was not allowed to (--outbound)");
    const hosts = await door.outside(signal);
    if (hosts === null)
      return skipped(
        "only a running doorbell's courier may reach outside, and none runs",
        "start the doorbell, then run the test beside it",
      );
    return judge(hosts);
  },
};

function judge(hosts: readonly HostReach[]): CheckResult {
  const figures = hosts.map(({ host, tookMs }) => ({ name: host, value: Math.round(tookMs), unit: "ms" }));
  const broken = hosts.find(({ result }) => result !== "reached" && result !== "strange");
  if (broken !== undefined) {
    const others = hosts.filter(({ result }) => result !== "reached").length - 1;
    const more = others === 0 ? "" : `, and ${others} more of ${hosts.length} hosts cannot be used`;
    return failed(`${broken.fault?.message ?? broken.host}${more}`, adviceOf(broken), { figures });
  }
  const strange = hosts.find(({ result }) => result === "strange");
  if (strange !== undefined)
    return warned(
      strange.fault?.message ?? strange.host,
      strange.fault?.hint ?? "ask who runs it, and look at its address in the settings",
      { figures },
    );
  return judgeClock(hosts, figures);
}

function judgeClock(
  hosts: readonly HostReach[],
  figures: { readonly name: string; readonly value: number; readonly unit: string }[],
): CheckResult {
  const [furthest] = hosts
    .flatMap(({ host, aheadS }) => (aheadS === null ? [] : [{ host, aheadS }]))
    .toSorted((a, b) => Math.abs(b.aheadS) - Math.abs(a.aheadS));
  const names = hosts.map(({ host }) => host).join(", ");
  if (furthest === undefined) return passed(`${names} answered; none said what time it is`, { figures });
  const apartS = Math.abs(furthest.aheadS);
  const all = [...figures, { name: "clock apart", value: Math.round(apartS), unit: "s", atMost: mostApartS }];
  if (apartS <= mostApartS)
    return passed(`${names} answered, and their clocks say the same`, { figures: all });
  const side = furthest.aheadS > 0 ? "ahead of" : "behind";
  return failed(
    `this clock is ${Math.round(apartS)} s ${side} that of ${furthest.host}`,
    "set the clock: sudo timedatectl set-ntp true; if it is right, ask who runs that host",
    { figures: all },
  );
}

function adviceOf({ result, fault }: HostReach): string {
  if (result === "certificate")
    return "nothing was sent: ask who runs it whether its certificate changed; is this doorbell's clock right?";
  if (result === "clock")
    return "set the clock: sudo timedatectl set-ntp true; if it is right, ask who runs it";
  return fault?.hint ?? "look at the router and at the address in the settings; is that host up?";
}
