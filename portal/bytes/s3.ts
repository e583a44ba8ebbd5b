/**
 * S3: parcels in a bucket, for a portal on several machines. Any S3-compatible server.
 *
 * S3 wants parts of 5 MiB and doorbells send 1 MiB at a time, so what is shorter waits as an object of its own
 * and is written again with the next: some three times the bytes inside the data centre, none more outside.
 * S3 answers when it has it for good, so there is nothing to settle.
 */
import { Readable } from "node:stream";
import { S3Store } from "@tus/s3-store";
import { Fault } from "../../hal/fault.ts";
import type { ParcelBytes } from "./bytes.ts";
import { isGone } from "./gone.ts";

export interface S3Settings {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** tus' store with reading of a part, which it has no word for. */
class RangedS3Store extends S3Store {
  async readRange(upload: string, from: number, to: number): Promise<Readable> {
    const { Body } = await this.client.getObject({
      Bucket: this.bucket,
      Key: upload,
      Range: `bytes=${from}-${to - 1}`,
    });
    if (!(Body instanceof Readable)) throw new Fault("bug", "S3 answered without a stream");
    return Body;
  }

  /** tus' own stops at an upload that is complete, and leaves the object there. */
  override async remove(upload: string): Promise<void> {
    await this.#abort(upload);
    for (const key of [upload, this.partKey(upload, true), this.infoKey(upload)])
      await this.client.deleteObject({ Bucket: this.bucket, Key: key });
    await this.clearCache(upload);
  }

  async #abort(upload: string): Promise<void> {
    try {
      const { "upload-id": id } = await this.getMetadata(upload);
      await this.client.abortMultipartUpload({ Bucket: this.bucket, Key: upload, UploadId: id });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  close(): void {
    this.client.destroy();
  }
}

export function openS3({ bucket, endpoint, region, accessKey, secretKey }: S3Settings): ParcelBytes {
  const store = new RangedS3Store({
    // what every parcel but the last of its parts has
    partSize: 8 * 1024 * 1024,
    useTags: false,
    s3ClientConfig: {
      bucket,
      region,
      ...(endpoint === "" ? {} : { endpoint, forcePathStyle: true }),
      ...(accessKey === "" ? {} : { credentials: { accessKeyId: accessKey, secretAccessKey: secretKey } }),
      // servers other than Amazon's do not know the newer checksums
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    },
  });
  return {
    store,
    async settle() {},
    async read(upload, from, to) {
      try {
        return await store.readRange(upload, from, to);
      } catch (error) {
        if (isGone(error)) throw new Fault("not-found", "the parcel is not here", { cause: error });
        throw new Fault("unavailable", "the parcel cannot be read from S3", { cause: error });
      }
    },
    async remove(upload) {
      await store.remove(upload).catch((error: unknown) => {
        throw new Fault("unavailable", "a parcel cannot be removed from S3", { cause: error });
      });
    },
    async [Symbol.asyncDispose]() {
      store.close();
    },
  };
}
