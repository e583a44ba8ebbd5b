/**
 * Pictures of a trace: sealed files in a folder beside it, one for each `picture` record.
 *
 * Beside and not in it, so that what is sent with a bug report holds none, not even a sealed one, and so that each
 * is an ordinary age file. The records bind them: length and SHA-256 of every one.
 */

/** `porch.trace.jsonl.pictures`. */
export function pictureFolder(trace: string): string {
  return `${trace}.pictures`;
}

/** `000001.jpg.age` */
export function pictureName(number: number): string {
  return `${String(number).padStart(6, "0")}.jpg.age`;
}

/** The most that somebody may ask for; half a second is how fast anybody walks through a picture. */
export const mostPicturesPerS = 2;
/** One that is longer is not told: 640 pixels of a noisy night are a third of it. */
export const maxPictureBytes = 192 * 1024;
