/**
 * Files: a folder of small files, named by relative paths with `/`, that survive a crash.
 *
 * Every promise that resolves means durable: file and folder are fsynced. After a crash each `write`
 * is there as a whole or not at all, and an `append` that was under way may have left any prefix of
 * its bytes. Calls on one name must not overlap; the caller takes turns.
 *
 * What a killed process had written is read by the next one, and may still be gone after a power cut: `sync`
 * it before anything is built on it. A file whose fsync failed is not trusted again: the next change puts a new
 * one in its place.
 *
 * Throws Fault `exhausted` when the disk is full, `denied`, `unavailable`; never on a missing file
 * where null or an empty list says it.
 */
export interface Files {
  /** Null = there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Up to `length` bytes from `offset`; shorter at the end of the file; null = there is none. */
  readAt(name: string, offset: number, length: number): Promise<Uint8Array | null>;
  /** Null = there is none. */
  size(name: string): Promise<number | null>;
  /** Replaces the file as a whole. Makes its folders. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** At the end of the file, which is made when there is none. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** What is in the file now stays, whoever wrote it. Nothing when there is none. */
  sync(name: string): Promise<void>;
  /** Cuts what a crash left behind the last whole record. */
  truncate(name: string, length: number): Promise<void>;
  /** Names (not paths) in a folder, sorted; empty when there is none. Unfinished files are not listed. */
  list(folder: string): Promise<string[]>;
  /** Nothing when there is none. */
  remove(name: string): Promise<void>;
}
