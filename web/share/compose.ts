/**
 * Compose: what an owner has chosen, as a letter and a grant that they sign.
 *
 * First the letter, signed and sealed to the recipient: it is the parcel's first file. Then the grant,
 * which lists the letter and every file with the hashes of its bytes. Nothing is signed that has not
 * been prepared: a file without its header is a bug.
 */
import type { Destination, Grant, Item } from "../../daemon/consent/grant.ts";
import type { Letter } from "../../daemon/consent/letter.ts";
import type { GrantOrder } from "../../daemon/wire/api-consent.ts";
import { payloadTypes, type Envelope, type PayloadType } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import type { Rewrapped } from "../open/age.ts";
import { hashChunks, type Hashed } from "../open/chunk-hashes.ts";
import { sealTo } from "../open/seal.ts";
import { clipPaths } from "../state/api.ts";
import { pointOf } from "./age-key.ts";
import type { Part } from "./parts.ts";
import type { Prepared } from "./prepare.ts";

export interface Draft {
  readonly id: string;
  readonly destination: Destination;
  readonly recipient: { readonly name: string; readonly sealTo: string; readonly deliverTo: string };
  readonly purpose: string;
  readonly note: string;
  readonly parts: readonly Part[];
  readonly notAfter: number;
}

/** Who signs, for which doorbell, when. */
export interface Ink {
  readonly device: string;
  readonly ownerKey: string;
  readonly nowMs: number;
  sign(type: PayloadType, value: unknown): Promise<Envelope>;
}

export interface Composed {
  readonly order: GrantOrder;
  readonly grant: Grant;
}

export async function compose(draft: Draft, prepared: Prepared, ink: Ink): Promise<Composed> {
  const envelope = await ink.sign(payloadTypes.letter, letterOf(draft, prepared, ink));
  const letter = sealTo(pointOf(draft.recipient.sealTo), jsonBytes(envelope));
  const files = draft.parts.flatMap((part) => filesOf(part, prepared));
  const items: Item[] = [
    { part: "letter", ...listed(hashChunks([letter])) },
    ...files.map(({ what, file }) => ({ ...what, ...listed(file) })),
  ];
  const { id, destination, recipient, purpose, notAfter } = draft;
  const { device, ownerKey, nowMs } = ink;
  const grant = { id, device, destination, recipient, purpose, items, issuedAt: nowMs, notAfter, ownerKey };
  return {
    grant,
    order: {
      envelope: await ink.sign(payloadTypes.grant, grant),
      letter: base64Of(letter),
      headers: files.map(({ file }) => base64Of(file.header)),
    },
  };
}

function letterOf(draft: Draft, prepared: Prepared, { device, ownerKey, nowMs }: Ink): Letter {
  const clips = draft.parts.map(({ clip, fragments }) => ({
    clip: clip.id,
    startWallMs: clip.startWallMs,
    codec: clip.codec,
    width: clip.width,
    height: clip.height,
    init: listed(preparedAt(prepared, clipPaths.init(clip.id))),
    fragments: fragments.map(({ index, startMs, durationMs }) => ({
      index,
      startMs,
      durationMs,
      ...listed(preparedAt(prepared, clipPaths.fragment(clip.id, index))),
    })),
  }));
  const { id: grant, destination, purpose, note } = draft;
  const to = draft.recipient.name;
  return { grant, device, destination, to, purpose, note, clips, issuedAt: nowMs, ownerKey };
}

interface File {
  readonly what:
    | { readonly part: "init"; readonly clip: string }
    | { readonly part: "fragment"; readonly clip: string; readonly index: number };
  readonly file: Rewrapped;
}

function filesOf({ clip: { id: clip }, fragments }: Part, prepared: Prepared): File[] {
  return [
    { what: { part: "init", clip }, file: preparedAt(prepared, clipPaths.init(clip)) },
    ...fragments.map(({ index }) => ({
      what: { part: "fragment", clip, index } as const,
      file: preparedAt(prepared, clipPaths.fragment(clip, index)),
    })),
  ];
}

function preparedAt(prepared: Prepared, path: string): Rewrapped {
  const file = prepared.get(path);
  if (file === undefined) throw new Fault("bug", `${path} was not prepared before signing`);
  return file;
}

function listed({ bytes, chunks }: Hashed): { bytes: number; chunks: string[] } {
  return { bytes, chunks: [...chunks] };
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** With padding, as the API takes it. */
export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
