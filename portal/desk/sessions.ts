/**
 * Desk sessions: which agency is signed in, by a token in a header. No cookie, so no foreign page can use it.
 *
 * An agency signs a nonce that is good once and for a minute, with a key of its logged profile; `device` of the
 * login is the registrar's key, so that a login for one portal is none for another. The token is told once, kept
 * as its SHA-256, in memory only, for some hours; it ends with the key that opened it (asked again each time).
 */
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../../hal/sensors.ts";
import { Fault } from "../../hal/fault.ts";
import type { Agency } from "../../daemon/consent/agency.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { loginSchema } from "../../daemon/identity/login.ts";
import { envelopeSchema } from "../../daemon/identity/signed-shape.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import { speaksFor } from "../office/signer.ts";
import type { Registry } from "../store/store.ts";

export const challengeMs = 60_000;
export const sessionMs = 8 * 3_600_000;
const maxWaiting = 4_096;
const maxSessions = 4_096;

interface Session {
  readonly agency: string;
  readonly signKey: string;
  readonly expiresMonoMs: number;
  readonly expiresWallMs: number;
}

export interface SignedInAgency {
  readonly agency: Agency;
  readonly signKey: string;
  readonly expiresWallMs: number;
}

export interface DeskSessionsOptions {
  readonly clock: Clock;
  readonly registry: Registry;
  /** The registrar's key. */
  readonly device: string;
}

export class DeskSessions {
  readonly #options: DeskSessionsOptions;
  /** Nonce -> monotonic end; oldest first. */
  readonly #waiting = new Map<string, number>();
  readonly #byHash = new Map<string, Session>();

  constructor(options: DeskSessionsOptions) {
    this.#options = options;
  }

  challenge(): { device: string; nonce: string; expiresWallMs: number } {
    const { clock, device } = this.#options;
    const nonce = randomBytes(32).toString("base64url");
    this.#waiting.set(nonce, clock.monoMs() + challengeMs);
    trim(this.#waiting, maxWaiting);
    return { device, nonce, expiresWallMs: Math.round(clock.wallMs()) + challengeMs };
  }

  /** Throws Fault `denied`: nobody's key, another portal's login, a nonce that was used or is too old. */
  async open(envelope: unknown): Promise<SignedInAgency & { readonly token: string }> {
    const { clock, registry, device } = this.#options;
    const keyid = envelopeSchema.safeParse(envelope).data?.signatures[0]?.keyid ?? "";
    const agencies = (await registry.agenciesWithKey(keyid)).map(({ profile }) => profile);
    const ofKey = (key: string): Agency | undefined =>
      agencies.find((profile) => speaksFor(profile, key, clock.wallMs()));
    const { value, signKey } = verifyEnvelope(envelope, {
      type: payloadTypes.login,
      schema: loginSchema,
      trusts: (key) => ofKey(key) !== undefined,
      what: "login",
    });
    const agency = ofKey(signKey);
    if (value.device !== device || agency === undefined)
      throw new Fault("denied", "this login was signed for another portal");
    if (!this.#use(value.nonce))
      throw new Fault("denied", "this challenge was used already or is older than a minute", {
        hint: "ask for a new one and sign that",
      });
    const token = randomBytes(32).toString("base64url");
    const expiresWallMs = Math.round(clock.wallMs()) + sessionMs;
    const expiresMonoMs = clock.monoMs() + sessionMs;
    this.#byHash.set(hashOf(token), { agency: agency.id, signKey, expiresMonoMs, expiresWallMs });
    trim(this.#byHash, maxSessions);
    return { token, agency, signKey, expiresWallMs };
  }

  /** Null = nobody's token, any more or ever. */
  async find(token: string): Promise<SignedInAgency | null> {
    const { clock, registry } = this.#options;
    const session = this.#byHash.get(hashOf(token));
    if (session === undefined) return null;
    const profile = (await registry.agency(session.agency))?.profile;
    const isOver = clock.monoMs() >= session.expiresMonoMs;
    if (profile === undefined || isOver || !speaksFor(profile, session.signKey, clock.wallMs())) {
      this.#byHash.delete(hashOf(token));
      return null;
    }
    return { agency: profile, signKey: session.signKey, expiresWallMs: session.expiresWallMs };
  }

  close(token: string): void {
    this.#byHash.delete(hashOf(token));
  }

  #use(nonce: string): boolean {
    const endMonoMs = this.#waiting.get(nonce);
    this.#waiting.delete(nonce);
    return endMonoMs !== undefined && this.#options.clock.monoMs() < endMonoMs;
  }
}

/** The oldest go. */
function trim(map: Map<string, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
