/**
 * Truth: what the world knows and no doorbell can get wrong, kept apart from their own books.
 *
 * True time is the clock's running time; a doorbell's wall clock may be set back. `sent` judges every chunk in
 * the moment in which it is handed to the courier, before anybody outside could have it.
 */
import type { Chunk } from "../../daemon/wire/chunk.ts";
import type { SimClock } from "../../hal/sim/clock.ts";
import { startMs } from "./cast.ts";
import { orderById } from "./orders.ts";

export interface Sent {
  readonly device: string;
  /** Names of the signing keys of who is an owner there now. */
  readonly ownerKeys: readonly string[];
  /** Where the courier brings it. */
  readonly deliverTo: string | null;
  readonly clock: SimClock;
  /** A ledger entry that says it is about to leave has become durable. */
  readonly isIntended: boolean;
  readonly chunk: Chunk;
}

export class Truth {
  readonly violations: string[] = [];
  /** Grants whose revocation a doorbell has confirmed, or which an owner saw cancelled. */
  readonly revoked = new Set<string>();
  /** Doorbells that have learned that the agency's first keys are gone. */
  readonly knowsNewKeys = new Set<string>();
  /** How far wall clocks were set back in steps too small to notice. */
  unseenBackMs = 0;
  chunks = 0;
  /** Bytes that somebody outside has got, by grant. */
  readonly received = new Map<string, number>();

  trueMs(clock: SimClock): number {
    return startMs + clock.monoMs();
  }

  sent({ device, ownerKeys, deliverTo, clock, isIntended, chunk }: Sent): void {
    const { grant: id, offset, bytes } = chunk;
    const say = (what: string): void =>
      void this.violations.push(`${what}: ${id} at ${offset} from ${device.slice(0, 6)}`);
    this.chunks += 1;
    this.received.set(id, Math.max(this.received.get(id) ?? 0, offset + bytes.length));
    const order = orderById.get(id);
    if (order === undefined) return say("bytes of a grant that nobody signed");
    const { grant, parcel } = order.composed;
    if (!order.sound) say(`bytes of a grant that is ${order.why}`);
    if (order.device !== device) say("bytes of another doorbell's grant");
    if (!ownerKeys.includes(order.signer.signKey)) say("signed by no owner of now");
    if (this.revoked.has(id)) say("after it was revoked");
    if (this.trueMs(clock) >= grant.notAfter + 60_000 + this.unseenBackMs) say("after its end");
    if (deliverTo !== grant.recipient.deliverTo) say("to another recipient");
    if (!isIntended) say("before the ledger said so");
    if (grant.destination.kind === "request" && this.knowsNewKeys.has(device))
      say("to a key that was stolen");
    if (Buffer.compare(bytes, parcel.subarray(offset, offset + bytes.length)) !== 0)
      say("other bytes than were signed");
  }
}
