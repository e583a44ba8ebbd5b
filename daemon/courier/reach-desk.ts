/**
 * Reach desk: calls each host of the allow-list once, because a self-test was allowed to.
 *
 * `HEAD /` over a connection of its own, all at once, each within `callMs`: the same lines as any call, nothing about
 * the house. Whatever answers is there; a host that says what time it is tells also whether this clock is right.
 */
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { CourierToKeeper } from "../wire/messages.ts";
import type { HostReach } from "../wire/reach.ts";
import type { AllowList } from "./http/allow-list.ts";
import type { HttpClient } from "./http/client.ts";
import { certificateTrouble, callFault, statusFault } from "./http/words.ts";
import type { Stages } from "./stages.ts";
import { toldFault } from "./told-fault.ts";

const callMs = 10_000;

export interface ReachDeskOptions {
  readonly allow: AllowList;
  readonly clock: Clock;
  readonly newClient: () => HttpClient;
  readonly stages: Stages;
  readonly tell: (message: CourierToKeeper) => void;
}

export class ReachDesk implements AsyncDisposable {
  readonly #options: ReachDeskOptions;
  #round: { readonly stop: AbortController; readonly over: Promise<void> } | null = null;

  constructor(options: ReachDeskOptions) {
    this.#options = options;
  }

  ask(reach: string): void {
    this.forget();
    const stop = new AbortController();
    this.#round = { stop, over: this.#run(reach, stop.signal) };
  }

  /** The keeper is away, or asks anew. */
  forget(): void {
    this.#round?.stop.abort(new Fault("cancelled", "the self-test was ended"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.forget();
    await this.#round?.over;
  }

  async #run(reach: string, signal: AbortSignal): Promise<void> {
    const { allow, stages, tell } = this.#options;
    stages.at("reach").in += 1;
    const hosts = await Promise.all(allow.hosts.map((origins) => this.#host(origins, signal)));
    if (signal.aborted) return;
    stages.at("reach").out += 1;
    tell({ type: "reached", reach, hosts });
  }

  /** One that may be called with TLS and without is there when either answers. */
  async #host(origins: readonly string[], signal: AbortSignal): Promise<HostReach> {
    let last: HostReach | null = null;
    for (const origin of origins) {
      last = await this.#call(origin, signal);
      if (last.result === "reached") break;
    }
    if (last === null) throw new Fault("bug", "a host without an address");
    return last;
  }

  async #call(origin: string, signal: AbortSignal): Promise<HostReach> {
    const { clock, newClient, stages } = this.#options;
    const { host } = new URL(origin);
    const beganMs = clock.monoMs();
    const found = (result: HostReach["result"], aheadS: number | null, fault?: Fault): HostReach => {
      if (fault !== undefined) stages.failed("reach", fault);
      return {
        host,
        result,
        tookMs: clock.monoMs() - beganMs,
        aheadS,
        ...(fault === undefined ? {} : { fault: toldFault(fault) }),
      };
    };
    using client = newClient();
    try {
      const answer = await client.call({
        method: "HEAD",
        url: `${origin}/`,
        totalMs: callMs,
        signal,
      });
      const theirMs = Date.parse(answer.header("date") ?? "");
      const aheadS = Number.isNaN(theirMs) ? null : (clock.wallMs() - theirMs) / 1_000;
      const { status } = answer;
      return status < 500 ? found("reached", aheadS) : found("strange", aheadS, statusFault(status, host));
    } catch (error) {
      const fault = callFault(error, host);
      return found(resultOf(fault), null, fault);
    }
  }
}

function resultOf(fault: Fault): HostReach["result"] {
  const certificate = certificateTrouble(fault.cause);
  if (certificate !== null) return certificate;
  return ["unavailable", "timeout"].includes(fault.kind) ? "unreachable" : "strange";
}
