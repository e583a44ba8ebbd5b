import { expect, test } from "vitest";
import { filesContract } from "../contract/files.ts";
import { PowerCut, SimDisk } from "./disk.ts";

filesContract(() => new SimDisk());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (read: Uint8Array | null): string | null =>
  read === null ? null : new TextDecoder().decode(read);

test("a cut leaves a prefix of what was appended, and the process is dead", async () => {
  const disk = new SimDisk();
  await disk.append("log", bytes("first "));
  disk.plugIn(() => 0.5);
  await expect(disk.append("log", bytes("second"))).rejects.toThrow(PowerCut);
  await expect(disk.read("log")).rejects.toThrow(PowerCut);
  expect(text(await disk.survivor().read("log"))).toBe("first sec");
});

test.each([
  [0, "old"],
  [0.9, "old"],
  [1, "new"],
])("a cut after %f of a write leaves %s", async (frac, left) => {
  const disk = new SimDisk();
  await disk.write("a", bytes("old"));
  disk.plugIn(() => frac);
  await expect(disk.write("a", bytes("new"))).rejects.toThrow(PowerCut);
  expect(text(await disk.survivor().read("a"))).toBe(left);
});

test("a full disk refuses what adds, and lets things be removed", async () => {
  const disk = new SimDisk();
  await disk.write("a", bytes("old"));
  disk.full = true;
  await expect(disk.write("a", bytes("new"))).rejects.toMatchObject({ kind: "exhausted" });
  await expect(disk.append("a", bytes("new"))).rejects.toMatchObject({ kind: "exhausted" });
  await disk.remove("a");
  expect(await disk.read("a")).toBeNull();
});
