/**
 * PaperHash: SHA-256 of a file that the owner chose, counted in this page piece by piece; the file goes nowhere.
 *
 * Not by crypto.subtle, which wants the whole file at once and is missing on plain HTTP.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

export async function paperHash(file: Blob): Promise<string> {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) hash.update(read.value);
  return bytesToHex(hash.digest());
}
