import { expect, test } from "vitest";
import { Rereader } from "../../../../daemon/eye/trust/rereader.ts";

/** Readings that end when the test says so. */
function slowReader() {
  const ends: (() => void)[] = [];
  const reader = new Rereader(() => new Promise<void>((resolve) => ends.push(resolve)));
  return { reader, ends, begun: () => ends.length };
}

test("who asks during a reading gets one that begins after it, shared with all who ask meanwhile", async () => {
  const { reader, ends, begun } = slowReader();
  const first = reader.again();
  const rest = [reader.again(), reader.again(), reader.again()];
  expect(begun()).toBe(1);
  ends[0]?.();
  await first;
  await Promise.resolve();
  expect(begun()).toBe(2);
  ends[1]?.();
  await Promise.all(rest);
  expect(begun()).toBe(2);
});

test("after a reading the next one begins at once", async () => {
  const { reader, ends, begun } = slowReader();
  const first = reader.again();
  ends[0]?.();
  await first;
  void reader.again();
  expect(begun()).toBe(2);
});

test("idle waits for a reading and for the one behind it", async () => {
  const { reader, ends } = slowReader();
  void reader.again();
  void reader.again();
  let idle = false;
  const over = reader.idle().then(() => (idle = true));
  ends[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(idle).toBe(false);
  ends[1]?.();
  await over;
});
