/**
 * Bits: everything inside a value, byte by byte, so that two can be compared exactly (0 is not -0).
 */
export type Bits = ReadonlyMap<string, Buffer>;

/** Numbers, text and typed arrays by their path; functions are left out. */
export function bitsOf(value: unknown, path = ""): Bits {
  if (ArrayBuffer.isView(value)) {
    return new Map([[path, Buffer.from(value.buffer, value.byteOffset, value.byteLength)]]);
  }
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).flatMap(([name, part]) => [...bitsOf(part, `${path}/${name}`)]));
  }
  if (typeof value === "function") return new Map();
  return new Map([[path, Buffer.from(Object.is(value, -0) ? "-0" : String(value))]]);
}

/** Paths at which two differ. */
export function differences(left: Bits, right: Bits): string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => {
    const [a, b] = [left.get(path), right.get(path)];
    return a === undefined || b === undefined || !a.equals(b);
  });
}
