/**
 * S3 server rig: s3rver on a folder and a free port, with the two calls of S3 that it lacks and a resumable
 * upload needs: ListParts and AbortMultipartUpload. Both look at s3rver's own folder of unfinished uploads.
 *
 * Answers are S3's (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html), NoSuchUpload included.
 */
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { Fault } from "../../hal/fault.ts";

export interface S3Server extends AsyncDisposable {
  readonly endpoint: string;
  readonly directory: string;
  /** Names of what lies in a bucket: whole objects, and uploads that are not finished. */
  namesIn(bucket: string): Promise<string[]>;
}

export const s3Keys = { accessKey: "S3RVER", secretKey: "S3RVER", region: "us-east-1" } as const;

export async function startS3Server(buckets: readonly string[]): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "sill-s3-"));
  const configureBuckets = buckets.map((name) => ({ name, configs: [] }));
  const s3 = new S3rver({ silent: true, directory, configureBuckets });
  await s3.configureBuckets();
  const serve = s3.callback();
  const server = createServer((request, response) => {
    multipart(directory, request, response).then(
      (isDone) => (isDone ? undefined : serve(request, response)),
      () => answer(response, 500, "<Error><Code>InternalError</Code></Error>"),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Fault("bug", "the S3 server has no address");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    directory,
    async namesIn(bucket) {
      const names = await readdir(join(directory, bucket));
      const uploads = await readdir(uploadsIn(directory, bucket)).catch(() => []);
      return [...names.filter((name) => name.endsWith("._S3rver_object")), ...uploads];
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const uploadsIn = (directory: string, bucket: string): string => join(directory, bucket, "._S3rver_uploads");

/** True = answered here. */
async function multipart(
  directory: string,
  { url, method }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams } = new URL(url ?? "", "http://s3");
  const id = searchParams.get("uploadId");
  if (id === null || (method !== "GET" && method !== "DELETE")) return false;
  const [, bucket = ""] = pathname.split("/");
  const folder = join(uploadsIn(directory, bucket), id);
  const names = await readdir(folder).catch(() => null);
  if (names === null) {
    answer(response, 404, "<Error><Code>NoSuchUpload</Code><Message>no such upload</Message></Error>");
  } else if (method === "DELETE") {
    await rm(folder, { recursive: true });
    answer(response, 204, "");
  } else {
    const numbers = names.filter((name) => /^\d+$/u.test(name)).map(Number);
    const parts = await Promise.all(
      numbers.toSorted((a, b) => a - b).map((number) => partText(folder, number)),
    );
    answer(
      response,
      200,
      `<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join("")}</ListPartsResult>`,
    );
  }
  return true;
}

async function partText(folder: string, number: number): Promise<string> {
  const { size } = await stat(join(folder, String(number)));
  const md5 = await readFile(join(folder, `${number}.md5`), "utf8");
  return `<Part><PartNumber>${number}</PartNumber><ETag>"${md5}"</ETag><Size>${size}</Size></Part>`;
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(body === "" ? undefined : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}
