/**
 * Contract of `ParcelBytes` (portal/bytes/bytes.ts): every place for parcels passes this suite.
 */
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Upload } from "@tus/server";
import { expect, test } from "vitest";
import type { ParcelBytes } from "../../portal/bytes/bytes.ts";

const mib = 1_048_576;

async function create({ store }: ParcelBytes, id: string, size: number): Promise<void> {
  await store.create(new Upload({ id, size, offset: 0, metadata: { parcel: "grant-0001" } }));
}

function write({ store }: ParcelBytes, id: string, offset: number, bytes: Uint8Array): Promise<number> {
  return store.write(Readable.from([Buffer.from(bytes)]), id, offset);
}

async function readAll(bytes: ParcelBytes, id: string, from: number, to: number): Promise<Buffer> {
  return buffer(await bytes.read(id, from, to));
}

/** `open` gives an empty place each time. */
export function parcelBytesContract(open: () => Promise<ParcelBytes>): void {
  test("what is written in pieces is read as a whole and in part", async () => {
    await using bytes = await open();
    // more than one part of S3, and a short rest
    const parcel = randomBytes(11 * mib + 17);
    await create(bytes, "one", parcel.length);
    for (let offset = 0; offset < parcel.length; offset += mib) {
      expect((await bytes.store.getUpload("one")).offset).toBe(offset);
      await write(bytes, "one", offset, parcel.subarray(offset, offset + mib));
    }
    await bytes.settle("one");
    const { offset, size, metadata } = await bytes.store.getUpload("one");
    expect([offset, size, metadata]).toEqual([parcel.length, parcel.length, { parcel: "grant-0001" }]);
    expect((await readAll(bytes, "one", 0, parcel.length)).equals(parcel)).toBe(true);
    expect(
      (await readAll(bytes, "one", 5 * mib - 3, 5 * mib + 3)).equals(
        parcel.subarray(5 * mib - 3, 5 * mib + 3),
      ),
    ).toBe(true);
    expect((await readAll(bytes, "one", parcel.length - 1, parcel.length)).equals(parcel.subarray(-1))).toBe(
      true,
    );
  });

  test("what was removed is gone, finished or not, and removing again is nothing", async () => {
    await using bytes = await open();
    await create(bytes, "whole", 10);
    await write(bytes, "whole", 0, randomBytes(10));
    await create(bytes, "half", 10);
    await write(bytes, "half", 0, randomBytes(4));
    await create(bytes, "none", 10);
    for (const id of ["whole", "half", "none", "never"]) {
      await bytes.remove(id);
      await expect(bytes.store.getUpload(id)).rejects.toBeDefined();
      await expect(bytes.read(id, 0, 4)).rejects.toMatchObject({ kind: "not-found" });
      await bytes.remove(id);
    }
  });

  test("what is not there is said, and one upload does not touch another", async () => {
    await using bytes = await open();
    await expect(bytes.read("nothing", 0, 1)).rejects.toMatchObject({ kind: "not-found" });
    await create(bytes, "one", 3);
    await create(bytes, "two", 3);
    await write(bytes, "one", 0, Buffer.from("one"));
    await write(bytes, "two", 0, Buffer.from("two"));
    await bytes.remove("one");
    expect((await readAll(bytes, "two", 0, 3)).toString()).toBe("two");
  });
}
