/**
 * Contract of `Files` (daemon/files/files.ts): every implementation passes this suite.
 */
import { expect, test } from "vitest";
import type { Files } from "../../daemon/files/files.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (read: Uint8Array | null): string | null =>
  read === null ? null : new TextDecoder().decode(read);

/** `open` gives an empty folder each time. */
export function filesContract(open: () => Promise<Files> | Files): void {
  test("what is not there is null, an empty list, and nothing to remove", async () => {
    const files = await open();
    expect(await files.read("a/b")).toBeNull();
    expect(await files.readAt("a/b", 0, 4)).toBeNull();
    expect(await files.size("a/b")).toBeNull();
    expect(await files.list("a")).toEqual([]);
    await files.remove("a/b");
    expect(await files.list("")).toEqual([]);
  });

  test("write replaces a file as a whole", async () => {
    const files = await open();
    await files.write("a/b", bytes("long text"));
    await files.write("a/b", bytes("short"));
    expect(textOf(await files.read("a/b"))).toBe("short");
    expect(await files.size("a/b")).toBe(5);
  });

  test("append adds at the end, and truncate cuts there", async () => {
    const files = await open();
    await files.append("log", bytes("one "));
    await files.append("log", bytes("two"));
    expect(textOf(await files.read("log"))).toBe("one two");
    await files.truncate("log", 4);
    await files.append("log", bytes("three"));
    expect(textOf(await files.read("log"))).toBe("one three");
  });

  test("sync changes nothing, and asks for nothing that is not there", async () => {
    const files = await open();
    await files.append("log", bytes("one"));
    await files.sync("log");
    await files.sync("none");
    expect([textOf(await files.read("log")), await files.read("none")]).toEqual(["one", null]);
  });

  test("readAt gives a part, less at the end, and nothing behind it", async () => {
    const files = await open();
    await files.write("a", bytes("0123456789"));
    expect(textOf(await files.readAt("a", 2, 3))).toBe("234");
    expect(textOf(await files.readAt("a", 8, 5))).toBe("89");
    expect(textOf(await files.readAt("a", 20, 5))).toBe("");
  });

  test("list names what is in one folder, sorted", async () => {
    const files = await open();
    for (const name of ["f/2", "f/10", "f/1", "g/1"]) await files.write(name, bytes(name));
    expect(await files.list("f")).toEqual(["1", "10", "2"]);
    await files.remove("f/10");
    expect(await files.list("f")).toEqual(["1", "2"]);
  });

  test("what was read does not change with the file", async () => {
    const files = await open();
    await files.write("a", bytes("before"));
    const read = await files.read("a");
    await files.write("a", bytes("after!"));
    expect(textOf(read)).toBe("before");
  });
}
