/**
 * Witness: what a doorbell has acknowledged, remembered outside of it, over all its lives.
 *
 * An event is told to the page at once, before any disk. It counts as acknowledged when the API listed it and the
 * status said afterwards that no change waits for the disk. A fragment counts when the API listed it, a policy, a
 * mark and a deletion when the answer was a success, the ledger by the last signed checkpoint.
 */
import type { Clip, Event, Status } from "../../../daemon/wire/api.ts";
import { getJson, type SignedInHuman } from "../person.ts";

export interface FragmentSeen {
  readonly clip: string;
  readonly index: number;
  readonly sha256: string;
  readonly startWallMs: number;
}

export class Witness {
  /** Events that were told, with the wall time: acknowledged or not. */
  readonly told = new Map<string, number>();
  readonly events = new Set<string>();
  readonly deleted = new Set<string>();
  readonly marks = new Map<string, string | null>();
  /** By "clip/index". */
  readonly fragments = new Map<string, FragmentSeen>();
  /** Of the policy that is in force; 1 is the rig's own (paired.ts). */
  policyVersion = 1;
  /** The newest that was ever sent. */
  nextPolicy = 1;
  /** The signed note. */
  checkpoint: string | null = null;
  /** The clip that was being recorded when it was last asked, and when. */
  recording: { readonly clip: string; readonly wallMs: number } | null = null;
  /** Zones of the last answer that was a success. */
  zones: string | null = null;

  /** Asks the house what it has. */
  async look(owner: SignedInHuman): Promise<void> {
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=50");
    const status = await getJson<Status>(owner, "/api/status");
    const waiting = status.stages.find(({ name }) => name === "store waiting")?.in ?? 1;
    const wallMs = Date.now();
    for (const { id } of events) if (!this.told.has(id)) this.told.set(id, wallMs);
    if (waiting === 0 && status.storage.fault === undefined) for (const { id } of events) this.events.add(id);
    this.recording = status.recording === null ? null : { clip: status.recording, wallMs };
    const { checkpoint } = await getJson<{ checkpoint: string }>(owner, "/api/ledger/checkpoint");
    this.checkpoint = checkpoint;
    const clips = new Set(events.flatMap(({ clip }) => clip ?? []));
    for (const clip of [...clips].slice(0, 3)) {
      const answer = await owner.fetch(`/api/clips/${clip}`);
      if (answer.ok) this.#seen((await answer.json()) as Clip);
    }
  }

  #seen({ id, startWallMs, fragments }: Clip): void {
    for (const { index, sha256 } of fragments)
      this.fragments.set(`${id}/${index}`, { clip: id, index, sha256, startWallMs });
  }

  /** The owner had it deleted: neither it nor its recording is missed. */
  forget(event: string, clip: string | null): void {
    this.deleted.add(event);
    this.events.delete(event);
    this.marks.delete(event);
    for (const [name, fragment] of this.fragments) if (fragment.clip === clip) this.fragments.delete(name);
  }
}
