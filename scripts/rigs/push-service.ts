/**
 * Push service rig: what browsers' makers run (RFC 8030), on this machine, over HTTP, with the browsers themselves.
 *
 * Checks who sends (VAPID, RFC 8292: signature, audience, time, contact) and opens what is sent with the browser's private
 * key (RFC 8291, RFC 8188), by code of its own: what it did not accept is in `refused`. Answers 201, or what it is told to.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Pushed } from "../../daemon/wire/pushed.ts";
import type { Subscription } from "../../daemon/wire/told.ts";

export interface Push {
  readonly pushed: Pushed;
  readonly atMs: number;
  readonly headers: IncomingMessage["headers"];
  /** Of the encrypted body. */
  readonly bytes: number;
}

export interface RigBrowser {
  readonly subscription: Subscription;
  /** In order; what was answered with a refusal is not among them. */
  readonly got: readonly Push[];
  /** Requests that came, whatever they were answered. */
  readonly calls: number;
  /** The next requests are answered so, one each; null = never. Then 201 again. */
  answer(...answers: readonly ([status: number, headers?: Record<string, string>] | null)[]): void;
  /** While it is there every request is answered so, and no message is taken. */
  refuseAll: number | null;
  /** The first that fits, so far or to come. */
  next(fits?: (push: Push) => boolean): Promise<Push>;
}

export interface PushService extends AsyncDisposable {
  /** As `alerts.pushHosts` names it. */
  readonly host: string;
  /** Why requests were not accepted. */
  readonly refused: readonly string[];
  /** Seconds by which its clock differs. */
  skewS: number;
  /** Another browser that asks to be told, bound to this public key once the first message came. */
  browser(): RigBrowser;
}

interface Kept extends RigBrowser {
  readonly got: Push[];
  calls: number;
  readonly privateKey: Buffer;
  readonly auth: Buffer;
  readonly answers: ([number, Record<string, string>?] | null)[];
  readonly looks: Set<() => void>;
  /** The first key that told it; others are refused. */
  boundTo: string | null;
}

const bytesOf = (text: string): Buffer => Buffer.from(text, "base64url");

export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, Kept>();
  const refused: string[] = [];
  const server = createServer((request, response) => void take(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const atMs = performance.now();
    const browser = browsers.get(request.url ?? "");
    if (browser === undefined) return void response.writeHead(404).end();
    browser.calls += 1;
    if (browser.refuseAll !== null) return void response.writeHead(browser.refuseAll).end();
    const answer = browser.answers.shift();
    if (answer === null) return;
    if (answer !== undefined) return void response.writeHead(answer[0], answer[1] ?? {}).end();
    try {
      const body = Buffer.concat(parts);
      checkHeaders(request.headers);
      checkSender(request.headers.authorization ?? "", browser, {
        host,
        nowS: Date.now() / 1_000 + service.skewS,
      });
      const pushed = JSON.parse(open(body, browser).toString("utf8")) as Pushed;
      browser.got.push({ pushed, atMs, headers: request.headers, bytes: body.length });
      response.writeHead(201, { Location: `http://${host}/message` }).end();
    } catch (error) {
      refused.push(String(error));
      response.writeHead(error instanceof NotTrusted ? 403 : 400).end();
    }
    for (const look of browser.looks) look();
  };

  const service: PushService = {
    host,
    refused,
    skewS: 0,
    browser() {
      const keys = createECDH("prime256v1");
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(16).toString("base64url")}`;
      const p256dh = keys.generateKeys("base64url");
      const browser: Kept = {
        subscription: { endpoint: `http://${host}${path}`, p256dh, auth: auth.toString("base64url") },
        got: [],
        calls: 0,
        privateKey: keys.getPrivateKey(),
        auth,
        answers: [],
        looks: new Set(),
        boundTo: null,
        refuseAll: null,
        answer: (...answers) => void browser.answers.push(...answers),
        next: (fits = () => true) =>
          new Promise((resolve) => {
            const look = (): void => {
              const found = browser.got.find(fits);
              if (found === undefined) return;
              browser.looks.delete(look);
              resolve(found);
            };
            browser.looks.add(look);
            look();
          }),
      };
      browsers.set(path, browser);
      return browser;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

class NotTrusted extends Error {}

function checkHeaders(headers: IncomingMessage["headers"]): void {
  const { ttl, urgency, topic } = headers;
  if (!/^\d+$/u.test(String(ttl))) throw new Error(`no TTL: ${String(ttl)}`);
  if (!["very-low", "low", "normal", "high"].includes(String(urgency))) throw new Error("no urgency");
  if (topic !== undefined && !/^[\w-]{1,32}$/u.test(String(topic))) throw new Error("a topic that is none");
  if (headers["content-encoding"] !== "aes128gcm") throw new Error("not encrypted as RFC 8291 has it");
}

/** `vapid t=JWT, k=KEY`: ES256 over header and claims. */
function checkSender(
  authorization: string,
  browser: Kept,
  { host, nowS }: { readonly host: string; readonly nowS: number },
): void {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/u.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = bytesOf(key);
  if (point.length !== 65) throw new NotTrusted("no key");
  const [x, y] = [point.toString("base64url", 1, 33), point.toString("base64url", 33)];
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x, y } });
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify("sha256", signed, { key: publicKey, dsaEncoding: "ieee-p1363" }, bytesOf(signature)))
    throw new NotTrusted("the signature is another's");
  const { alg } = JSON.parse(bytesOf(head).toString()) as { alg?: string };
  const {
    aud,
    exp = 0,
    sub = "",
  } = JSON.parse(bytesOf(claims).toString()) as {
    aud?: string;
    exp?: number;
    sub?: string;
  };
  if (alg !== "ES256") throw new NotTrusted(`algorithm ${alg}`);
  if (aud !== `http://${host}`) throw new NotTrusted(`meant for ${aud}`);
  if (exp <= nowS || exp > nowS + 24 * 3_600) throw new NotTrusted("expired, or for more than a day");
  if (!/^(?:mailto:\S+@\S+|https:\/\/\S+)$/u.test(sub)) throw new NotTrusted(`nobody to write to: ${sub}`);
  browser.boundTo ??= key;
  if (browser.boundTo !== key) throw new NotTrusted("another key than the browser was given");
}

/** One record: salt (16), record size (4), length of the key id, the sender's key; then ciphertext. */
function open(body: Buffer, { privateKey, auth, subscription }: Kept): Buffer {
  if (body.length > 4_096) throw new Error(`${body.length} bytes`);
  const salt = body.subarray(0, 16);
  const senderKey = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + senderKey.length);
  const own = createECDH("prime256v1");
  own.setPrivateKey(privateKey);
  const shared = own.computeSecret(senderKey);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), bytesOf(subscription.p256dh), senderKey]);
  const secret = Buffer.from(hkdfSync("sha256", shared, auth, info, 32));
  const derive = (label: string, length: number): Buffer =>
    Buffer.from(hkdfSync("sha256", secret, salt, Buffer.from(`Content-Encoding: ${label}\0`), length));
  const cipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = plain.lastIndexOf(2); // the delimiter of the last record; zeros behind it
  if (end === -1 || plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error("no end of record");
  return plain.subarray(0, end);
}
