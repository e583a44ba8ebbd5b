/** Sealed clips as they lie on a doorbell, and the page's way to them, without a network. */
import { parseRecipient } from "../../../daemon/seal/age/keys.ts";
import { seal } from "../../../daemon/seal/age/seal.ts";
import { keysOf } from "../../../daemon/identity/keys.ts";
import type { Clip } from "../../../daemon/wire/api.ts";
import { clipPaths } from "../../../web/state/api.ts";

export const owner = keysOf(new Uint8Array(32).fill(3));

export const plainOf = (path: string): Uint8Array => new TextEncoder().encode(`what ${path} shows`);

/** Path of the API -> sealed file. */
export function sealedFiles(clips: readonly Clip[]): Map<string, Uint8Array> {
  const paths = clips.flatMap(({ id, fragments }) => [
    clipPaths.init(id),
    ...fragments.map(({ index }) => clipPaths.fragment(id, index)),
  ]);
  return new Map(paths.map((path) => [path, seal(plainOf(path), [parseRecipient(owner.sealTo)])]));
}
