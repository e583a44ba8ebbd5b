import { expect, test } from "vitest";
import { filesContract } from "../../contract/files.ts";
import { BrittleFiles } from "./brittle-files.ts";

filesContract(() => new BrittleFiles());

test("a full disk takes a part of an append and refuses", async () => {
  const files = new BrittleFiles();
  files.roomBytes = 2;
  await expect(files.append("a", new Uint8Array(3))).rejects.toMatchObject({ kind: "exhausted" });
  expect(await files.size("a")).toBe(2);
});

test("after the power failed nothing works, and the disk has what was durable", async () => {
  const files = new BrittleFiles();
  await files.append("a", new Uint8Array(4));
  files.crash = { at: 1, partFrac: 0.5 };
  await expect(files.append("a", new Uint8Array(4))).rejects.toThrow("power");
  await expect(files.read("a")).rejects.toThrow("power");
  expect(await new BrittleFiles(files.disk).size("a")).toBe(6);
});

test("what a killed process wrote is read by the next, and stays when that one has fsynced it", async () => {
  const files = new BrittleFiles();
  await files.append("a", new Uint8Array(4));
  files.crash = { at: 1, partFrac: 1, kill: true };
  await expect(files.append("a", new Uint8Array(4))).rejects.toThrow("killed");
  const next = files.afterKill();
  expect([await next.size("a"), await next.afterPowerCut().size("a")]).toEqual([8, 4]);
  await next.sync("a");
  expect(await next.afterPowerCut().size("a")).toBe(8);
});
