import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Attempts } from "../../../daemon/rtsp/auth/attempts.ts";
import { Digest } from "../../../daemon/rtsp/auth/digest.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const who = { realm: "Sill", user: "sill", password: "secret words" };
const uri = "rtsp://door:8554/door";

interface Said {
  readonly nonce: string;
  readonly algorithm?: "MD5" | "SHA-256";
  readonly nc?: number;
  /** null = without qop. */
  readonly qop?: "auth" | null;
  readonly password?: string;
  readonly uri?: string;
}

/** What a client computes, by RFC 7616. */
function header({
  nonce,
  algorithm = "MD5",
  nc = 1,
  qop = "auth",
  password = who.password,
  uri: about = uri,
}: Said): string {
  const h = (text: string): string =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const [a1, a2] = [h(`${who.user}:${who.realm}:${password}`), h(`PLAY:${about}`)];
  const count = nc.toString(16).padStart(8, "0");
  const response = qop === null ? h(`${a1}:${nonce}:${a2}`) : h(`${a1}:${nonce}:${count}:xyz:auth:${a2}`);
  const end = qop === null ? "" : `, qop=auth, nc=${count}, cnonce="xyz"`;
  return `Digest username="sill", realm="Sill", nonce="${nonce}", uri="${about}", algorithm=${algorithm}, response="${response}"${end}`;
}

function open() {
  const clock = new SimClock();
  const digest = new Digest({ clock, ...who });
  const check = (said: string | undefined, ownNonce: string | null = null): string =>
    digest.check({ header: said, method: "PLAY", uri, ownNonce });
  return { clock, digest, check, nonce: digest.challenge(false).nonce };
}

test.each(["MD5", "SHA-256"] as const)("who knows the password is let in, with %s", (algorithm) => {
  const { check, nonce } = open();
  expect(check(header({ nonce, algorithm }))).toBe("ok");
});

test("the stronger is offered first, the one that all clients know last", () => {
  const { lines } = open().digest.challenge(true);
  expect(lines.map((line) => /algorithm=([\w-]+)/u.exec(line)?.[1])).toEqual(["SHA-256", "MD5"]);
  expect(lines.every((line) => line.endsWith("stale=true"))).toBe(true);
});

test("the digest of RFC 7616 (3.9.1) is computed as its authors did", () => {
  const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  const digest = new Digest({
    clock: new SimClock(),
    realm: "http-auth@example.org",
    user: "Mufasa",
    password: "Circle of Life",
  });
  const said = (algorithm: string, response: string): string =>
    `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, nonce="${nonce}", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="${response}"`;
  const check = (text: string) =>
    digest.check({ header: text, method: "GET", uri: "/dir/index.html", ownNonce: nonce });
  expect(check(said("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"))).toBe(
    "ok",
  );
  expect(check(said("MD5", "8ca523f5e9506fed4657c9700eebdbec"))).toBe("stale"); // the count was used
});

test("a count is good once, and a lower one never again", () => {
  const { check, nonce } = open();
  expect([2, 2, 1, 3].map((nc) => check(header({ nonce, nc })))).toEqual(["ok", "stale", "stale", "ok"]);
});

test("without qop a nonce counts on its own connection only", () => {
  const { check, nonce } = open();
  expect(check(header({ nonce, qop: null }), nonce)).toBe("ok");
  expect(check(header({ nonce, qop: null }), "another")).toBe("stale");
});

test("an old nonce, one of another run and one that nobody made are stale", async () => {
  const { clock, check, nonce } = open();
  expect(check(header({ nonce: open().nonce }))).toBe("stale");
  expect(check(header({ nonce: "12" }))).toBe("stale");
  await clock.advance(5 * 60_000);
  expect(check(header({ nonce }))).toBe("stale");
});

test("a wrong password, another address and things that are no digest are wrong; nothing is nothing", () => {
  const { check, nonce } = open();
  const about = "rtsp://door:8554/other";
  const basic = `Basic ${Buffer.from("sill:secret words").toString("base64")}`;
  for (const said of [
    header({ nonce, password: "guess" }),
    header({ nonce, uri: about }),
    basic,
    "Digest",
    `Digest ${"a".repeat(3_000)}`,
  ])
    expect(check(said), said.slice(0, 60)).toBe("wrong");
  expect(check(undefined)).toBe("none");
});

test("ten wrong passwords close the door to their address for a minute, and to no other", async () => {
  const clock = new SimClock();
  const attempts = new Attempts(clock);
  for (let i = 0; i < 10; i += 1) {
    expect(attempts.mayTry("192.168.1.9")).toBe(true);
    attempts.wasWrong("192.168.1.9");
  }
  expect([attempts.mayTry("192.168.1.9"), attempts.mayTry("192.168.1.8")]).toEqual([false, true]);
  expect([attempts.wrong, attempts.refused]).toEqual([10, 1]);
  await clock.advance(60_000);
  expect(attempts.mayTry("192.168.1.9")).toBe(true);
});
