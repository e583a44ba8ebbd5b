/**
 * Username token: WS-Security's way to show that one knows the password (UsernameToken profile 1.1, PasswordDigest).
 *
 * Digest = base64(sha1(nonce + created + password)). A token is good once, and only around its time; who has another time
 * asks for ours first (GetSystemDateAndTime), as clients do. A password in clear is wrong whatever it is.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../hal/sensors.ts";
import type { Verdict } from "./digest.ts";

export interface TokenSaid {
  readonly username: string;
  readonly type: string;
  readonly password: string;
  readonly nonce: string;
  readonly created: string;
}

const windowMs = 5 * 60_000;
const mostRemembered = 4_096;
const mostNonceBytes = 128;

export class UsernameTokens {
  readonly #clock: Clock;
  readonly #user: string;
  readonly #password: string;
  /** Tokens that were used, with when they may be forgotten. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock, who: { readonly user: string; readonly password: string }) {
    this.#clock = clock;
    this.#user = who.user;
    this.#password = who.password;
  }

  check({ username, type, password, nonce, created }: TokenSaid): Verdict {
    const bytes = Buffer.from(nonce, "base64");
    const isDigest = type.endsWith("#PasswordDigest") && bytes.length > 0 && bytes.length <= mostNonceBytes;
    const wanted = createHash("sha1").update(bytes).update(created).update(this.#password).digest();
    const said = Buffer.from(password, "base64");
    const isRight = said.length === wanted.length && timingSafeEqual(said, wanted);
    if (!isDigest || !isRight || username !== this.#user) return "wrong";
    const nowMs = this.#clock.wallMs();
    const createdMs = Date.parse(created);
    // refused for its time is no guess: the password was right
    if (!(Math.abs(nowMs - createdMs) <= windowMs)) return "stale";
    const key = `${bytes.toString("hex")} ${created}`;
    this.#forget(this.#clock.monoMs());
    if (this.#used.has(key) || this.#used.size >= mostRemembered) return "stale";
    this.#used.set(key, this.#clock.monoMs() + 2 * windowMs);
    return "ok";
  }

  #forget(nowMs: number): void {
    for (const [key, untilMs] of this.#used) {
      if (untilMs > nowMs) return;
      this.#used.delete(key);
    }
  }
}
