/**
 * Digest: does who asks know the password, which never travels (RFC 7616, and RFC 2617 as most cameras' clients speak it).
 *
 * A nonce is made by us and can be told from any other: when it was made, signed under a key of this run. It lives
 * for five minutes, and on the connection that it was made for as long as that. With qop a request counts once (nc only
 * grows); without qop, which GStreamer's client does not know, only on the nonce's own connection. Both hashes are
 * offered with the same nonce: the stronger first, MD5 last, which is all that stock clients know.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../hal/sensors.ts";

export type Verdict = "ok" | "none" | "wrong" | "stale";

export interface DigestOptions {
  readonly clock: Clock;
  readonly realm: string;
  readonly user: string;
  readonly password: string;
}

export interface Asked {
  readonly header: string | undefined;
  readonly method: string;
  /** As it was asked for: the digest must be about this, or about the stream that it is a part of. */
  readonly uri: string;
  /** What this connection was challenged with last; null = nothing yet. */
  readonly ownNonce: string | null;
}

export interface Challenge {
  readonly nonce: string;
  /** Values of WWW-Authenticate, the stronger first. */
  readonly lines: readonly string[];
}

const livesMs = 5 * 60_000;
const mostNonces = 1_024;
const saltBytes = 8;
const hashes = { "SHA-256": "sha256", MD5: "md5" } as const;
const qop = "auth";

export class Digest {
  readonly #options: DigestOptions;
  readonly #key = randomBytes(32);
  /** Highest count that was used, by nonce. */
  readonly #used = new Map<string, number>();

  constructor(options: DigestOptions) {
    this.#options = options;
  }

  challenge(isStale: boolean): Challenge {
    const { realm, clock } = this.#options;
    const made = Math.floor(clock.monoMs()).toString(16);
    const nonce = this.#signed(`${made}-${randomBytes(saltBytes).toString("hex")}`);
    const stale = isStale ? ", stale=true" : "";
    const lines = Object.keys(hashes).map(
      (algorithm) =>
        `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="${qop}"${stale}`,
    );
    return { nonce, lines };
  }

  check({ header, method, uri, ownNonce }: Asked): Verdict {
    if (header === undefined) return "none";
    const said = parseDigest(header);
    if (said === null) return "wrong";
    const get = (name: string): string => said.get(name) ?? "";
    const { user, realm } = this.#options;
    const algorithm = said.get("algorithm") ?? "MD5";
    const hash = algorithm === "MD5" || algorithm === "SHA-256" ? hashes[algorithm] : null;
    const isUs = get("username") === user && get("realm") === realm;
    if (hash === null || !isUs || !sameUri(get("uri"), uri)) return "wrong";
    if (!same(get("response"), this.#response(hash, method, said))) return "wrong";
    const isOwn = get("nonce") === ownNonce;
    if (!isOwn && !this.#isYoung(get("nonce"))) return "stale";
    if (!said.has("qop")) return isOwn ? "ok" : "stale";
    return this.#counts(get("nonce"), get("nc")) ? "ok" : "stale";
  }

  #response(hash: string, method: string, said: ReadonlyMap<string, string>): string {
    const h = (text: string): string => createHash(hash).update(text).digest("hex");
    const get = (name: string): string => said.get(name) ?? "";
    const { user, realm, password } = this.#options;
    const [a1, a2] = [h(`${user}:${realm}:${password}`), h(`${method}:${get("uri")}`)];
    if (!said.has("qop")) return h(`${a1}:${get("nonce")}:${a2}`);
    return h(`${a1}:${get("nonce")}:${get("nc")}:${get("cnonce")}:${get("qop")}:${a2}`);
  }

  /** Made by this run, not long ago. */
  #isYoung(nonce: string): boolean {
    const [made = "", salt = ""] = nonce.split("-");
    if (!same(nonce, this.#signed(`${made}-${salt}`))) return false;
    return this.#options.clock.monoMs() - Number.parseInt(made, 16) < livesMs;
  }

  #counts(nonce: string, nc: string): boolean {
    const count = /^[0-9a-f]{8}$/iu.test(nc) ? Number.parseInt(nc, 16) : 0;
    if (count <= (this.#used.get(nonce) ?? 0)) return false;
    this.#remember(nonce, count);
    return true;
  }

  #remember(nonce: string, count: number): void {
    this.#used.delete(nonce);
    this.#used.set(nonce, count);
    const [oldest] = this.#used.keys();
    if (this.#used.size > mostNonces && oldest !== undefined) this.#used.delete(oldest);
  }

  #signed(text: string): string {
    return `${text}-${createHmac("sha256", this.#key).update(text).digest("hex")}`;
  }
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Clients name the whole stream where they ask for its track, and end it with a slash or not. */
function sameUri(said: string, asked: string): boolean {
  const [a, b] = [said.replace(/\/$/u, ""), asked.replace(/\/$/u, "")];
  return a !== "" && (a === b || b.startsWith(`${a}/`));
}

/** null = no Digest that can be read. */
function parseDigest(header: string): Map<string, string> | null {
  const scheme = /^digest\s+/iu.exec(header);
  if (scheme === null || header.length > 2_048) return null;
  const fields = new Map<string, string>();
  for (const [, name = "", quoted, plain] of header
    .slice(scheme[0].length)
    .matchAll(/([a-z]{1,16})\s*=\s*(?:"([^"]*)"|([^\s,"]+))/giu))
    fields.set(name.toLowerCase(), quoted ?? plain ?? "");
  return fields.has("response") && fields.has("nonce") ? fields : null;
}
