/**
 * Phone: one browser that is told by web push: its own queue, its own connection.
 *
 * A service that hangs or refuses holds up nobody but its own phone. 404 and 410 mean that nobody is there any more;
 * whoever keeps the list is told, and what waits is dropped.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Stage } from "../../wire/stages.ts";
import type { AlertSaid, PhonesSaid } from "../../wire/told.ts";
import type { Pushed } from "../../wire/pushed.ts";
import { taken } from "../alerts/answer.ts";
import { Channel, Refused } from "../alerts/channel.ts";
import type { HttpClient } from "../http/client.ts";
import { pushedOf, testPushed } from "./pushed.ts";
import { requestOf, type PushRequest, type Sender, type WebPush } from "./request.ts";

export type PhoneSaid = PhonesSaid["phones"][number];

export interface PhoneOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly stage: Stage;
  readonly newClient: () => HttpClient;
  readonly lib: () => Promise<WebPush>;
  readonly name: () => string;
  readonly onDone: (alert: string, taken: boolean) => void;
  /** It is not told any more (the reason), or again (null). */
  readonly onState: (fault: Fault | null) => void;
  readonly onGone: () => void;
}

const callMs = 20_000;
/** More than so many that wait are one notification. */
const digestOver = 3;

export class Phone implements Disposable {
  readonly #options: PhoneOptions;
  readonly #said: PhoneSaid;
  readonly #sender: Sender;
  readonly #client: HttpClient;
  readonly #channel: Channel;

  constructor(said: PhoneSaid, sender: Sender, options: PhoneOptions) {
    this.#said = said;
    this.#sender = sender;
    this.#options = options;
    this.#client = options.newClient();
    const { clock, random, stage, onDone, onState: onTried, name } = options;
    this.#channel = new Channel({
      clock,
      random,
      stage,
      digestOver,
      onDone,
      onTried,
      send: async (alerts) => {
        const pushed = pushedOf(alerts, name());
        const ageMs = Math.min(...alerts.map((each) => each.ageMs));
        if (pushed !== null) await this.#send(this.#client, pushed, ageMs);
      },
    });
  }

  /** Is it still the same subscription, told with the same key? */
  is(said: PhoneSaid, { key }: Sender): boolean {
    const { endpoint, p256dh, auth } = this.#said;
    const isSame = said.endpoint === endpoint && said.p256dh === p256dh && said.auth === auth;
    return isSame && key.privateKey === this.#sender.key.privateKey;
  }

  happened(said: AlertSaid): void {
    this.#channel.happened(said);
  }

  /** Beside the queue, over a connection of its own, once; taken, it is reached again. Throws Fault. */
  async test(): Promise<void> {
    const { newClient, name, clock, onState } = this.#options;
    using client = newClient();
    await this.#send(client, testPushed(name(), clock.wallMs()), 0);
    onState(null);
  }

  [Symbol.dispose](): void {
    this.#channel[Symbol.dispose]();
    this.#client[Symbol.dispose]();
  }

  /** A browser that gave a key with which nothing can be encrypted will not get better. */
  #request(pushed: Pushed, ageMs: number, lib: WebPush): PushRequest {
    try {
      return requestOf(pushed, { to: this.#said, ageMs, lib, sender: this.#sender });
    } catch (cause) {
      throw new Refused("invalid", "a browser gave a key with which nothing can be encrypted to it", {
        hint: "remove it from those that are told, and add it again",
        cause,
      });
    }
  }

  async #send(client: HttpClient, pushed: Pushed, ageMs: number): Promise<void> {
    const lib = await this.#options.lib();
    const { url, ...message } = this.#request(pushed, ageMs, lib);
    const answer = await client.call({ method: "POST", url, ...message, totalMs: callMs, statusOnly: true });
    const { host } = new URL(url);
    if (answer.status === 404 || answer.status === 410) {
      this.#options.onGone();
      throw new Refused(
        "not-found",
        `${host} says that this browser is not told any more (${answer.status})`,
        {
          hint: "open the page on it and choose to be told again",
        },
      );
    }
    // not for good: the clock that it is signed by may be put right while the ring is still worth telling
    if (answer.status === 401 || answer.status === 403)
      throw new Fault("denied", `${host} does not accept this doorbell's signature (${answer.status})`, {
        hint: "is its clock right? if so, set alerts.pushContact, or remove the browser from those that are told and add it again",
      });
    taken(answer, host);
  }
}
