/**
 * Witness: what a doorbell has acknowledged, remembered outside of it, over all its lives.
 *
 * An event is told to the page at once, before any disk. It counts as acknowledged when the API listed it and the
 * status said afterwards that no change waits for the disk. A fragment counts when the API listed it, a policy, a
 * mark and a deletion when the answer was a success, the ledger by the last signed checkpoint. Every change is one
 * value, so that a witness in a guest that is about to die can be followed from outside (testimony.ts).
 */
import type { Status } from "../../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../../daemon/wire/api.ts";
import { getJson, type SignedInHuman } from "../person.ts";

export interface FragmentSeen {
  readonly clip: string;
  readonly index: number;
  readonly sha256: string;
  readonly startWallMs: number;
}

interface Recording {
  readonly clip: string;
  readonly wallMs: number;
}

export type WitnessChange =
  | { readonly is: "told"; readonly event: string; readonly wallMs: number }
  | { readonly is: "kept"; readonly event: string }
  | { readonly is: "fragment"; readonly fragment: FragmentSeen }
  /** `mark` undefined: about to be set, neither is sure. */
  | { readonly is: "mark"; readonly event: string; readonly mark?: string | null }
  /** Asked to be deleted; it may be gone before the answer comes. */
  | { readonly is: "leaving"; readonly event: string; readonly clip: string | null }
  | { readonly is: "deleted"; readonly event: string }
  | { readonly is: "policy-sent"; readonly version: number }
  | { readonly is: "policy"; readonly version: number }
  | { readonly is: "zones"; readonly text: string | null }
  | { readonly is: "checkpoint"; readonly note: string }
  | { readonly is: "recording"; readonly recording: Recording | null };

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
  recording: Recording | null = null;
  /** Zones of the last answer that was a success. */
  zones: string | null = null;
  readonly #onChange: (change: WitnessChange) => void;

  constructor(onChange: (change: WitnessChange) => void = () => {}) {
    this.#onChange = onChange;
  }

  note(change: WitnessChange): void {
    this.apply(change);
    this.#onChange(change);
  }

  /** What another witness noted. */
  apply(change: WitnessChange): void {
    if (change.is === "told") this.told.set(change.event, change.wallMs);
    else if (change.is === "kept") this.events.add(change.event);
    else if (change.is === "fragment")
      this.fragments.set(`${change.fragment.clip}/${change.fragment.index}`, change.fragment);
    else if (change.is === "mark") {
      this.marks.delete(change.event);
      if (change.mark !== undefined) this.marks.set(change.event, change.mark);
    } else if (change.is === "leaving") this.#forget(change.event, change.clip);
    else if (change.is === "deleted") this.deleted.add(change.event);
    else if (change.is === "policy-sent") this.nextPolicy = change.version;
    else if (change.is === "policy") this.policyVersion = change.version;
    else if (change.is === "zones") this.zones = change.text;
    else if (change.is === "checkpoint") this.checkpoint = change.note;
    else this.recording = change.recording;
  }

  /** Asks the house what it has. */
  async look(owner: SignedInHuman): Promise<void> {
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=50");
    const status = await getJson<Status>(owner, "/api/status");
    const waiting = status.stages.find(({ name }) => name === "store waiting")?.in ?? 1;
    const wallMs = Date.now();
    for (const { id } of events) if (!this.told.has(id)) this.note({ is: "told", event: id, wallMs });
    if (waiting === 0 && status.storage.fault === undefined)
      for (const { id } of events) if (!this.events.has(id)) this.note({ is: "kept", event: id });
    const recording = status.recording === null ? null : { clip: status.recording, wallMs };
    this.note({ is: "recording", recording });
    const { checkpoint } = await getJson<{ checkpoint: string }>(owner, "/api/ledger/checkpoint");
    if (checkpoint !== this.checkpoint) this.note({ is: "checkpoint", note: checkpoint });
    const clips = new Set(events.flatMap(({ clip }) => clip ?? []));
    for (const clip of [...clips].slice(0, 3)) {
      const answer = await owner.fetch(`/api/clips/${clip}`);
      if (answer.ok) this.#seen((await answer.json()) as Clip);
    }
  }

  #seen({ id, startWallMs, fragments }: Clip): void {
    for (const { index, sha256 } of fragments) {
      const known = this.fragments.get(`${id}/${index}`);
      const fragment = { clip: id, index, sha256, startWallMs };
      if (known?.sha256 !== sha256) this.note({ is: "fragment", fragment });
    }
  }

  /** Neither it nor its recording is missed. */
  #forget(event: string, clip: string | null): void {
    this.deleted.delete(event);
    this.events.delete(event);
    this.marks.delete(event);
    for (const [name, fragment] of this.fragments) if (fragment.clip === clip) this.fragments.delete(name);
  }
}
