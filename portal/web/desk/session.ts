/**
 * Session: an agency at its desk: its keys in memory, and the token that a signature got for them.
 *
 * Signed as at a doorbell: a nonce of the portal, good once and for a minute. The token lives in memory and in a
 * header, never in a cookie or in storage. A session that ran out is renewed with a new signature.
 */
import { payloadTypes, type Envelope, type PayloadType } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import type { Login } from "../../../daemon/identity/login.ts";
import { systemClock } from "../../../hal/clock.ts";
import { createStore, type Store } from "../../../web/state/store.ts";
import type { Challenge, DeskSession, OpenedSession } from "../../api.ts";
import { ask, postJson, statusOf } from "../ask/ask.ts";

const label = "Agency desk";

export class Desk {
  readonly agency: Store<DeskSession>;
  readonly keys: Keys;
  #token: string;

  constructor(opened: OpenedSession, keys: Keys) {
    const { token, ...session } = opened;
    this.agency = createStore<DeskSession>(session);
    this.keys = keys;
    this.#token = token;
  }

  sign(type: PayloadType, value: unknown): Envelope {
    return signEnvelope(this.keys, type, value);
  }

  /** Throws as `ask`; a session that ran out is renewed once. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await ask(path, this.#with(init));
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      const { token, ...session } = await openSession(this.keys);
      this.#token = token;
      this.agency.set(session);
      return ask(path, this.#with(init));
    }
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.ask(path)).json()) as T;
  }

  async post(path: string, envelope: Envelope): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify({ envelope }) });
  }

  /** The portal forgets the session; the keys go with this object. */
  async end(): Promise<void> {
    await this.ask("/api/desk/session", { method: "DELETE" });
  }

  #with(init: RequestInit): RequestInit {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${this.#token}`);
    return { ...init, headers };
  }
}

/** Throws Fault `denied` when the key is no agency's, or was revoked. */
export async function signIn(keys: Keys): Promise<Desk> {
  return new Desk(await openSession(keys), keys);
}

async function openSession(keys: Keys): Promise<OpenedSession> {
  const challenge = (await (await postJson("/api/desk/challenge", {})).json()) as Challenge;
  const { device, nonce } = challenge;
  const login: Login = { device, nonce, label, issuedAt: systemClock.wallMs() };
  const envelope = signEnvelope(keys, payloadTypes.login, login);
  return (await (await postJson("/api/desk/session", { envelope })).json()) as OpenedSession;
}

/** Null = nobody is signed in. Lives as long as the page. */
export const atDesk: Store<Desk | null> = createStore<Desk | null>(null);
