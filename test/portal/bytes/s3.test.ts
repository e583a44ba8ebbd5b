/**
 * The same promises on S3, over HTTP to a small S3 server on a folder.
 */
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { Upload } from "@tus/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openS3 } from "../../../portal/bytes/s3.ts";
import type { ParcelBytes } from "../../../portal/bytes/bytes.ts";
import { deliver, startPortal, terminate } from "../../../scripts/rigs/portal.ts";
import { s3Keys, startS3Server, type S3Server } from "../../../scripts/rigs/s3-server.ts";
import { parcelBytesContract } from "../../contract/parcel-bytes.ts";

let server: S3Server | undefined;
let used = 0;

beforeAll(async () => {
  server = await startS3Server(Array.from({ length: 8 }, (_, at) => `parcels-${at}`));
});

afterAll(() => server?.[Symbol.asyncDispose]());

function open(bucket: string): ParcelBytes {
  return openS3({ bucket, endpoint: server?.endpoint ?? "", ...s3Keys });
}

parcelBytesContract(async () => open(`parcels-${used++}`));

test("nothing of a removed parcel stays in the bucket", async () => {
  await using bytes = open("parcels-7");
  const sizes = Object.entries({ whole: 10, half: 4 });
  for (const [id, written] of sizes) {
    await bytes.store.create(new Upload({ id, size: 10, offset: 0 }));
    await bytes.store.write(Readable.from([Buffer.alloc(written)]), id, 0);
  }
  expect(await server?.namesIn("parcels-7")).not.toEqual([]);
  for (const [id] of sizes) await bytes.remove(id);
  expect(await server?.namesIn("parcels-7")).toEqual([]);
});

test("a portal on S3 receives a parcel in chunks and hands it on", async () => {
  const flags = { bucket: "parcels-6", endpoint: server?.endpoint ?? "", ...s3Keys };
  await using rig = await startPortal({
    flags: Object.entries(flags).map(([name, value]) => `--s3.${name}=${value}`),
  });
  const bytes = randomBytes(6_500_000);
  const location = await deliver(`${rig.url}/dock/shares`, { grant: "grant-0001", bytes });
  const address = `${rig.url}/api/shares/grant-0001/parcel`;
  const part = await fetch(address, { headers: { range: "bytes=5242870-5242890" } });
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(5_242_870, 5_242_891))).toBe(true);
  expect((await terminate(location)).status).toBe(204);
  expect((await fetch(address)).status).toBe(404);
  expect(await server?.namesIn("parcels-6")).toEqual([]);
});
