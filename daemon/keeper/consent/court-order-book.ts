/**
 * Court order book: orders on paper, as owners recorded and signed them. One file each, never changed.
 *
 * An order is no request: it is told to nobody outside, matches nothing, and becomes consent only by a grant of its
 * own, which names it. In the ledger before it is on the disk.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { courtOrderSchema, type CourtOrder } from "../../consent/court-order.ts";
import type { Files } from "../../files/files.ts";
import { ownerWith, type Household } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { envelopeSchema, verifyEnvelope } from "../../identity/verify.ts";
import type { CourtOrderCard } from "../../wire/api-consent.ts";
import { numberedFile } from "../../wire/paths.ts";
import type { Happened } from "../history.ts";
import { Turns } from "../../files/turns.ts";

const folder = "court-orders";
const mostOrders = 1_000;

const keptSchema = z.strictObject({
  hash: z.string(),
  order: courtOrderSchema,
  envelope: envelopeSchema,
  /** Name of the owner at that time. */
  by: z.string(),
  recordedWallMs: z.int(),
});
export type KeptOrder = z.output<typeof keptSchema>;

export interface RecordOptions {
  readonly household: Household;
  readonly clock: Clock;
  readonly tell: (happened: Happened) => Promise<unknown>;
}

export class CourtOrderBook {
  readonly #files: Files;
  readonly #turns = new Turns();
  #orders: readonly KeptOrder[] = [];
  #count = 0;

  private constructor(files: Files) {
    this.#files = files;
  }

  /** One that cannot be read is left out; its file stays. */
  static async open(files: Files): Promise<CourtOrderBook> {
    const book = new CourtOrderBook(files);
    const names = (await files.list(folder)).filter((name) => /^\d{6}\.json$/u.test(name));
    const read = await Promise.all(names.map((name) => files.read(`${folder}/${name}`)));
    book.#orders = read.flatMap((bytes) => parse(bytes) ?? []);
    book.#count = Math.max(0, ...names.map((name) => Number(name.slice(0, 6)) + 1));
    return book;
  }

  /** Newest first. */
  get cards(): CourtOrderCard[] {
    return this.#orders.toReversed().map(({ hash, order, by, recordedWallMs }) => {
      const { court, fileNumber, recipient, window, text } = order;
      return { hash, court, fileNumber, recipient, window, text, by, recordedWallMs };
    });
  }

  /** Null = none was recorded with this hash. */
  orderByHash(hash: string): KeptOrder | null {
    return this.#orders.find((order) => order.hash === hash) ?? null;
  }

  /** Throws Fault `denied` (no owner of now), `invalid` (another doorbell, a window that cannot be, known already). */
  record(envelope: unknown, { household, clock, tell }: RecordOptions): Promise<KeptOrder> {
    return this.#turns.take(async () => {
      const {
        value: order,
        signKey,
        sha256: hash,
      } = verifyEnvelope(envelope, {
        type: payloadTypes.courtOrder,
        schema: courtOrderSchema,
        trusts: (key) => ownerWith(household, key) !== null,
        what: "court order",
      });
      this.#check(order, { signKey, device: household.device });
      const by = ownerWith(household, signKey)?.name ?? "";
      const recordedWallMs = Math.round(clock.wallMs());
      const kept = { hash, order, envelope: envelopeSchema.parse(envelope), by, recordedWallMs };
      await tell({ who: by, what: "court-order", detail: `${order.court}, ${order.fileNumber}` });
      const name = `${folder}/${numberedFile(this.#count)}`;
      await this.#files.write(name, new TextEncoder().encode(JSON.stringify(kept)));
      this.#count += 1;
      this.#orders = [...this.#orders, kept];
      return kept;
    });
  }

  #check(order: CourtOrder, by: { readonly signKey: string; readonly device: string }): void {
    if (order.device !== by.device)
      throw new Fault("invalid", "this order was recorded for another doorbell");
    if (order.ownerKey !== by.signKey)
      throw new Fault("invalid", "the order names another owner than who signed it");
    if (order.window.to < order.window.from)
      throw new Fault("invalid", "the window of the order ends before it begins");
    if (this.#orders.some((known) => known.order.id === order.id))
      throw new Fault("invalid", "this order was recorded before");
    if (this.#orders.length >= mostOrders)
      throw new Fault("exhausted", `at most ${mostOrders} court orders are recorded`);
  }
}

function parse(bytes: Uint8Array | null): KeptOrder | null {
  try {
    return keptSchema.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array(0))));
  } catch {
    return null; // damaged: what it said is in the ledger
  }
}
