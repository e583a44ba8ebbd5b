/**
 * DockDepot: a parcel at a dock that speaks tus.
 *
 * The dock learns what it files the parcel under: the grant's id, the length of the cover letter, the request
 * that it answers, and until when at the latest it may be kept. All else is sealed.
 */
import { assert } from "../../../hal/fault.ts";
import type { HttpClient } from "../http/client.ts";
import type { Depot, ParcelOrder, StopOrder } from "./depot.ts";
import { addressAt } from "./letters.ts";
import { liar, Tus, type NewUpload } from "./tus.ts";

export class DockDepot implements Depot {
  readonly #order: ParcelOrder;
  readonly #client: HttpClient;
  readonly #tus: Tus;
  #location: string | null;

  constructor(order: ParcelOrder, client: HttpClient, signal: AbortSignal) {
    this.#order = order;
    this.#client = client;
    this.#tus = new Tus(client, signal);
    this.#location = order.location;
  }

  get location(): string | null {
    return this.#location;
  }

  async open(): Promise<number> {
    const { deliverTo, bytes } = this.#order;
    const found = this.#location === null ? null : await this.#tus.find(this.#location);
    if (found !== null && found.bytes !== bytes)
      throw liar(deliverTo, "has a parcel of another length there");
    if (found !== null) return found.offset;
    this.#location = await this.#tus.create(deliverTo, newUpload(this.#order));
    return 0;
  }

  append(offset: number, bytes: Uint8Array): Promise<number> {
    assert(this.#location !== null, "a parcel is opened before bytes go there");
    return this.#tus.append(this.#location, offset, bytes);
  }

  /** A tus upload is complete with its last byte. */
  async finish(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client[Symbol.dispose]();
  }
}

/** An unfinished upload goes; a finished one, and what the dock made of it, only with `forget`. */
export async function forgetAtDock(order: StopOrder, client: HttpClient, signal: AbortSignal): Promise<void> {
  const { deliverTo, grant, location, forget } = order;
  const tus = new Tus(client, signal);
  const found = location === null ? null : await tus.find(location);
  if (location !== null && found !== null && (forget || found.offset < found.bytes))
    await tus.remove(location);
  // by its name, too; the upload's address proves that it is ours to take back
  if (forget)
    await tus.remove(addressAt(deliverTo, grant), location === null ? {} : { "Upload-Location": location });
}

function newUpload({ grant, bytes, letterBytes, request, keepUntil }: ParcelOrder): NewUpload {
  return {
    bytes,
    metadata: {
      parcel: grant,
      letter: String(letterBytes),
      ...(request === null ? {} : { request }),
      ...(keepUntil === null ? {} : { until: String(keepUntil) }),
    },
  };
}
