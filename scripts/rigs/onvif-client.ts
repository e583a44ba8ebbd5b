/**
 * ONVIF client rig: asks as home systems do, in the order in which Home Assistant's integration does.
 *
 * SOAP 1.2 over HTTP with a WS-Security token made anew for each request; the snapshot with HTTP digest, as those systems
 * fetch it. Answers are kept as text: `tag` and `all` find what stands in an element.
 */
import { createHash, randomBytes } from "node:crypto";

const wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const digestType =
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";

export const wsdl = {
  device: "http://www.onvif.org/ver10/device/wsdl",
  media: "http://www.onvif.org/ver10/media/wsdl",
  events: "http://www.onvif.org/ver10/events/wsdl",
  notification: "http://docs.oasis-open.org/wsn/b-2",
} as const;

export interface SoapAnswer {
  readonly status: number;
  readonly text: string;
}

export interface OnvifClientOptions {
  readonly port: number;
  readonly password?: string;
  readonly user?: string;
  /** Of the doorbell, as it was asked for. */
  readonly wallMs?: () => number;
}

export class OnvifClient {
  readonly #options: OnvifClientOptions;
  readonly base: string;

  constructor(options: OnvifClientOptions) {
    this.#options = options;
    this.base = `http://127.0.0.1:${options.port}/onvif`;
  }

  /** `inner` = the body of the operation. Without a password no token is sent. */
  ask(
    ns: string,
    operation: string,
    inner = "",
    address = `${this.base}/device_service`,
  ): Promise<SoapAnswer> {
    return this.send(
      envelope(this.token(), `<q:${operation} xmlns:q="${ns}">${inner}</q:${operation}>`),
      address,
    );
  }

  async send(body: string, address = `${this.base}/device_service`): Promise<SoapAnswer> {
    const headers = { "Content-Type": "application/soap+xml; charset=utf-8" };
    const response = await fetch(address, { method: "POST", headers, body });
    return { status: response.status, text: await response.text() };
  }

  /** A header for one request; the same one for who wants to say it twice. */
  token(change: { created?: string; nonce?: Buffer; plain?: boolean } = {}): string {
    const { password, user = "sill", wallMs = Date.now } = this.#options;
    if (password === undefined) return "";
    const created = change.created ?? new Date(wallMs()).toISOString();
    const nonce = change.nonce ?? randomBytes(16);
    const digest = createHash("sha1").update(nonce).update(created).update(password).digest("base64");
    const said = change.plain === true ? password : digest;
    const type = change.plain === true ? digestType.replace("Digest", "Text") : digestType;
    return `<w:Security xmlns:w="${wsse}" xmlns:u="${wsu}"><w:UsernameToken><w:Username>${user}</w:Username><w:Password Type="${type}">${said}</w:Password><w:Nonce>${nonce.toString("base64")}</w:Nonce><u:Created>${created}</u:Created></w:UsernameToken></w:Security>`;
  }

  /** By HTTP digest; `password` null = without. */
  async snapshot(address: string): Promise<Response> {
    const first = await fetch(address);
    const { password, user = "sill" } = this.#options;
    if (first.status !== 401 || password === undefined) return first;
    const challenge = first.headers.get("www-authenticate") ?? "";
    const of = (name: string): string => new RegExp(`${name}="([^"]*)"`, "u").exec(challenge)?.[1] ?? "";
    const [realm, nonce, uri] = [of("realm"), of("nonce"), new URL(address).pathname];
    const h = (text: string): string => createHash("sha256").update(text).digest("hex");
    const response = h(`${h(`${user}:${realm}:${password}`)}:${nonce}:00000001:abcd:auth:${h(`GET:${uri}`)}`);
    const authorization = `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="abcd", response="${response}"`;
    return fetch(address, { headers: { authorization } });
  }
}

export function envelope(header: string, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`;
}

/** Text of the first element of this name, whatever its prefix; "" = there is none. */
export function tag({ text }: SoapAnswer, name: string): string {
  return new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`, "u").exec(text)?.[1] ?? "";
}

export interface Told {
  readonly topic: string;
  readonly operation: string;
  readonly value: string;
}

/** The notifications of a PullMessagesResponse. */
export function toldBy({ text }: SoapAnswer): Told[] {
  return text
    .split("<wsnt:NotificationMessage>")
    .slice(1)
    .map((each) => ({
      topic: /<wsnt:Topic[^>]*>([^<]*)</u.exec(each)?.[1] ?? "",
      operation: /PropertyOperation="(\w+)"/u.exec(each)?.[1] ?? "",
      value: /<tt:Data><tt:SimpleItem Name="\w+" Value="(\w+)"/u.exec(each)?.[1] ?? "",
    }));
}
