/**
 * NewPerson: a fresh seed and id, from the browser's own randomness (also on plain HTTP, where
 * crypto.subtle and randomUUID are not).
 */
export function newSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

/** 80 bits, fit for daemon/household/record.ts. */
export function newPersonId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
