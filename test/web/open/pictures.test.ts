import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pictures } from "../../../web/open/pictures.ts";

const revoked: string[] = [];
let asked: string[] = [];
const load = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  asked.push(path);
  if (path === "broken" && asked.length === 1) throw new Error("no answer");
  return new TextEncoder().encode(path);
};

beforeEach(() => {
  asked = [];
  revoked.length = 0;
  const revoke = URL.revokeObjectURL.bind(URL);
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((address) => {
    revoked.push(address);
    revoke(address);
  });
});
afterEach(() => vi.restoreAllMocks());

test("one picture is asked for once, however many want it", async () => {
  const pictures = new Pictures(load);
  const [a, b] = await Promise.all([pictures.address("a"), pictures.address("a")]);
  expect(a).toBe(b);
  expect(asked).toEqual(["a"]);
});

test("past the bound the one that was not wanted for the longest time is revoked", async () => {
  const pictures = new Pictures(load, 2);
  const a = await pictures.address("a");
  const b = await pictures.address("b");
  await pictures.address("a");
  await pictures.address("c");
  await vi.waitFor(() => expect(revoked).toEqual([b]), 30_000);
  expect(await pictures.address("a")).toBe(a);
});

test("a picture that failed is asked for again", async () => {
  const pictures = new Pictures(load);
  await expect(pictures.address("broken")).rejects.toThrow("no answer");
  expect(await pictures.address("broken")).toMatch(/^blob:/u);
});

test("clearing revokes everything", async () => {
  const pictures = new Pictures(load);
  const both = [await pictures.address("a"), await pictures.address("b")];
  pictures.clear();
  await vi.waitFor(() => expect(revoked).toEqual(both), 30_000);
});
