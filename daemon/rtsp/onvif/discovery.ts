/**
 * Discovery: answers systems of the home network that look for cameras (WS-Discovery, UDP 3702), where that is switched on.
 *
 * It never speaks first. It answers Probe and nothing else, at most ten times a second, reads fifty a second, and only to addresses of a home
 * network: an answer is larger than a question, and a forged sender must not make it hit somebody else.
 */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { isOfHome } from "../address.ts";
import { deviceUrn, scopesOf, type About } from "./about.ts";
import { namespaces, envelopeText } from "./soap.ts";
import { childOf, escaped, parseXml } from "./xml.ts";

export const discoveryPort = 3_702;
const group = "239.255.255.250";
const mostBytes = 8 * 1_024;
const mostPerS = 10;
/** Read at all: what else shouts in the network must cost nothing. */
const mostReadPerS = 50;
const discovery = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
const addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
const network = "http://www.onvif.org/ver10/network/wsdl";

export interface DiscoveryOptions {
  readonly clock: Clock;
  readonly about: () => About;
  readonly onvifPort: number;
  readonly port?: number;
}

export class Discovery implements AsyncDisposable {
  readonly #options: DiscoveryOptions;
  readonly #socket: Socket;
  #windowMs = 0;
  #answered = 0;
  #read = 0;
  in = 0;
  out = 0;
  dropped = 0;

  private constructor(options: DiscoveryOptions) {
    this.#options = options;
    this.#socket = createSocket({ type: "udp4", reuseAddr: true });
    this.#socket.on("error", () => {}); // one datagram that could not be sent
    this.#socket.on("message", (bytes, from) => this.#handle(bytes, from));
  }

  /** Throws Fault: port in use, no network. */
  static async open(options: DiscoveryOptions): Promise<Discovery> {
    const found = new Discovery(options);
    const port = options.port ?? discoveryPort;
    await new Promise<void>((resolve, reject) => {
      found.#socket.once("error", (error) => reject(toFault(error, `UDP ${port} cannot be used`)));
      found.#socket.bind(port, () => resolve());
    });
    const joined = ownAddresses().filter(({ address }) => found.#join(address));
    if (joined.length > 0) return found;
    await found[Symbol.asyncDispose]();
    throw new Fault("unavailable", "no network takes part in the search for cameras", {
      hint: "rtsp.discovery: false switches it off",
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #join(address: string): boolean {
    try {
      this.#socket.addMembership(group, address);
      return true;
    } catch {
      return false; // an interface without multicast
    }
  }

  #handle(bytes: Buffer, from: RemoteInfo): void {
    this.in += 1;
    const answer = this.#mayAnswer(bytes, from) ? this.#answerTo(bytes, from.address) : null;
    if (answer === null) {
      this.dropped += 1;
      return;
    }
    this.#answered += 1;
    this.out += 1;
    this.#socket.send(answer, from.port, from.address);
  }

  #mayAnswer({ length }: Buffer, { address, port }: RemoteInfo): boolean {
    const nowMs = this.#options.clock.monoMs();
    if (nowMs - this.#windowMs >= 1_000) {
      this.#windowMs = nowMs;
      this.#answered = 0;
      this.#read = 0;
    }
    if (length > mostBytes || port === 0 || !isHome(address)) return false;
    if (this.#answered >= mostPerS || this.#read >= mostReadPerS) return false;
    this.#read += 1;
    return true;
  }

  #answerTo(bytes: Buffer, asker: string): string | null {
    const { about, onvifPort } = this.#options;
    try {
      const said = about();
      const messageId = probeOf(bytes.toString("utf8"), scopesOf(said));
      if (messageId === null) return null;
      return matchText(said, {
        messageId,
        xaddr: `http://${ownAddressFor(asker)}:${onvifPort}/onvif/device_service`,
      });
    } catch {
      return null; // no XML that we take
    }
  }
}

export function isHome(address: string): boolean {
  return isIPv4(address) && isOfHome(address);
}

/** The id of a Probe that means us; null = it does not, or is none. Throws Fault `invalid`. */
export function probeOf(source: string, scopes: readonly string[]): string | null {
  const envelope = parseXml(source);
  const probe = childOf(childOf(envelope, "Body"), "Probe");
  const messageId = childOf(childOf(envelope, "Header"), "MessageID")?.text.trim() ?? "";
  if (probe === null || probe.ns !== discovery || messageId === "" || messageId.length > 200) return null;
  const words = (name: string): string[] =>
    (childOf(probe, name)?.text ?? "").split(/\s+/u).filter((word) => word !== "");
  const ours = new Set(["NetworkVideoTransmitter", "Device"]);
  if (!words("Types").every((type) => ours.has(type.slice(type.indexOf(":") + 1)))) return null;
  const hasScope = (wanted: string): boolean =>
    scopes.some((scope) => scope.toLowerCase().startsWith(wanted.replace(/\/$/u, "").toLowerCase()));
  return words("Scopes").every(hasScope) ? messageId : null;
}

function matchText(about: About, { messageId, xaddr }: { messageId: string; xaddr: string }): string {
  const urn = deviceUrn(about.device);
  const header = `<a:MessageID xmlns:a="${addressing}">urn:uuid:${crypto.randomUUID()}</a:MessageID><a:RelatesTo xmlns:a="${addressing}">${escaped(messageId)}</a:RelatesTo><a:To xmlns:a="${addressing}">${addressing}/role/anonymous</a:To><a:Action xmlns:a="${addressing}">${discovery}/ProbeMatches</a:Action>`;
  const match = `<d:ProbeMatch><a:EndpointReference><a:Address>${urn}</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>${escaped(scopesOf(about).join(" "))}</d:Scopes><d:XAddrs>${xaddr}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch>`;
  return envelopeText(
    `<d:ProbeMatches xmlns:d="${discovery}" xmlns:a="${addressing}" xmlns:dn="${network}" xmlns:tds="${namespaces.tds}">${match}</d:ProbeMatches>`,
    header,
  );
}

interface OwnAddress {
  readonly address: string;
  readonly netmask: string;
}

function ownAddresses(): OwnAddress[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family }) => family === "IPv4");
}

/** The one in the asker's own network; else the first that others can reach. */
function ownAddressFor(asker: string): string {
  const number = (address: string): number =>
    address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const all = ownAddresses();
  const near = all.find(({ address, netmask }) => {
    const size = 2 ** 32 - number(netmask);
    return Math.floor(number(address) / size) === Math.floor(number(asker) / size);
  });
  return near?.address ?? all.find(({ address }) => !address.startsWith("127."))?.address ?? "127.0.0.1";
}
