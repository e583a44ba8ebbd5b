/**
 * Parcel: limits and sums of what a grant lets out, without its schema: the page that composes one loads no zod.
 */

/** What is asked, checked and sent at once. */
export const chunkBytes = 1_048_576;
/** Some 25 minutes of recording. */
export const maxItems = 1_500;
export const maxClips = 64;
export const maxGrantDays = 14;
/** Of a post on a board. */
export const maxPostDays = 30;
/** Of one file. */
export const maxFileBytes = 64 * chunkBytes;

/** Bytes of the whole parcel. */
export function parcelBytes({ items }: { readonly items: readonly { readonly bytes: number }[] }): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * What a manifest is known by in receipts: the text whose SHA-256 it is. One line an item, in order:
 * "BYTES HASH HASH...\n".
 */
export function manifestText(
  items: readonly { readonly bytes: number; readonly chunks: readonly string[] }[],
): string {
  return items.map(({ bytes, chunks }) => `${bytes} ${chunks.join(" ")}\n`).join("");
}
