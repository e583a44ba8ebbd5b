/**
 * Tus: the part of tus 1.0 (https://tus.io/protocols/resumable-upload) that sends: creation, HEAD, PATCH, DELETE.
 *
 * What a server says is checked before it is believed: an upload lies on the server that was asked for it, is as
 * long as it was made, and holds no more than was sent. What does not fit is a FinalFault `corrupt`.
 */
import type { Fault } from "../../../hal/fault.ts";
import type { Call, HttpClient } from "../http/client.ts";
import type { Answer } from "../http/exchange.ts";
import { limits } from "../http/limits.ts";
import { statusFault } from "../http/words.ts";
import { final, FinalFault } from "./retry.ts";

const version = { "Tus-Resumable": "1.0.0" };
const maxLocationChars = 600;
/** The server will not think better of it. */
const finalStatus = new Set([400, 401, 402, 403, 405, 406, 411, 412, 413, 414, 415, 422, 451, 460]);
const gone = new Set([404, 410]);

export interface NewUpload {
  readonly bytes: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Found {
  readonly offset: number;
  /** Of the whole. */
  readonly bytes: number;
}

export class Tus {
  readonly #client: HttpClient;
  readonly #signal: AbortSignal;

  constructor(client: HttpClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** Its address. */
  async create(endpoint: string, { bytes, metadata }: NewUpload): Promise<string> {
    const headers = { "Upload-Length": String(bytes), "Upload-Metadata": metadataText(metadata) };
    const answer = await this.#call({ method: "POST", url: endpoint, headers, body: new Uint8Array() });
    if (answer.status === 201) return locationOf(answer, endpoint);
    const fault = this.#fault(answer, endpoint);
    throw gone.has(answer.status) ? final(fault) : fault; // there is no such dock
  }

  /** Null = there is no such upload. */
  async find(location: string): Promise<Found | null> {
    const answer = await this.#call({ method: "HEAD", url: location });
    if (gone.has(answer.status)) return null;
    if (answer.status !== 200 && answer.status !== 204) throw this.#fault(answer, location);
    const offset = numberIn(answer, "upload-offset");
    const bytes = numberIn(answer, "upload-length");
    if (offset === null || bytes === null || offset > bytes)
      throw liar(location, "does not say how much it has");
    return { offset, bytes };
  }

  /** Bytes that are there now. */
  async append(location: string, offset: number, body: Uint8Array): Promise<number> {
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const answer = await this.#call({
      method: "PATCH",
      url: location,
      headers,
      body,
      totalMs: limits.bulkMs,
    });
    if (answer.status !== 204 && answer.status !== 200) throw this.#fault(answer, location);
    const now = numberIn(answer, "upload-offset");
    if (now === null || now <= offset || now > offset + body.length)
      throw liar(location, "counts other bytes than it was sent");
    return now;
  }

  /** Nothing when there is no such upload. */
  async remove(address: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    const answer = await this.#call({ method: "DELETE", url: address, headers });
    if (answer.status >= 300 && !gone.has(answer.status)) throw this.#fault(answer, address);
  }

  #call(call: Call): Promise<Answer> {
    return this.#client.call({ ...call, headers: { ...version, ...call.headers }, signal: this.#signal });
  }

  #fault({ status }: Answer, address: string): Fault {
    const fault = statusFault(status, new URL(address).host);
    return finalStatus.has(status) ? final(fault) : fault;
  }
}

function metadataText(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}

function locationOf(answer: Answer, endpoint: string): string {
  const said = answer.header("location") ?? "";
  const url = said === "" ? null : URL.parse(said, endpoint);
  const address = url?.href ?? "";
  if (url === null || url.origin !== new URL(endpoint).origin || address.length > maxLocationChars)
    throw liar(endpoint, "sends the parcel to an address that is not its own");
  return address;
}

function numberIn(answer: Answer, header: string): number | null {
  const text = answer.header(header) ?? "";
  return /^\d{1,15}$/u.test(text) ? Number(text) : null;
}

export function liar(address: string, words: string): FinalFault {
  return new FinalFault("corrupt", `${new URL(address).host} ${words}`);
}
