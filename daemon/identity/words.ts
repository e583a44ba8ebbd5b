/**
 * Recovery words: a seed as 24 English words (BIP 39), to be written on paper.
 *
 * The words are the seed itself with a checksum of 8 bits, nothing is stretched: 32 random bytes
 * need no stretching. A word that is not on the list is named by its place, so that a typing
 * mistake is found; the words themselves never stand in a message.
 */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { Fault } from "../../hal/fault.ts";

export const wordCount = 24;

export function wordsOf(seed: Uint8Array): string[] {
  return entropyToMnemonic(seed, wordlist).split(" ");
}

/** Words that begin like this, for people who type them. */
export function suggestWords(start: string, most = 4): string[] {
  if (start === "") return [];
  return wordlist.filter((word) => word.startsWith(start.toLowerCase())).slice(0, most);
}

export function isRecoveryWord(word: string): boolean {
  return wordlist.includes(word.toLowerCase());
}

/** Throws Fault `invalid` that says which word is wrong, or that the words do not belong together. */
export function seedOf(text: string): Uint8Array {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((word) => word !== "");
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  if (unknown >= 0) {
    throw new Fault("invalid", `recovery word ${unknown + 1} is not on the list of words`, {
      hint: "check its spelling; every word has at least 3 letters",
    });
  }
  if (words.length !== wordCount) {
    throw new Fault("invalid", `there are ${words.length} recovery words; ${wordCount} are needed`);
  }
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    throw new Fault("invalid", "these recovery words do not belong together", {
      hint: "one of them is another word than the one you wrote down, or two have changed places",
    });
  }
}
