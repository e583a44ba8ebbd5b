/**
 * Routes of clips: what is known of one, and its sealed files as they lie on the disk.
 *
 * Each is an age file that viewers open with their own key (the page in the browser, `sill clips
 * export` in a shell); here nobody can. So there is no whole clip in one file either. Fragments
 * never change and may be cached for ever; a thumbnail may change while its clip is being recorded.
 * Who fetches video is in the ledger before the first byte leaves; the list's small pictures are not.
 */
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { clipSchema, type Clip } from "../../wire/api.ts";
import { clipFiles, clipFolder, pictureNames } from "../../wire/paths.ts";
import { viewers } from "./allow.ts";
import { hasClipFile, openClipFile, type ClipFile } from "./clip-file.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const forEver = "private, max-age=31536000, immutable";
const sealed = { "content-type": "application/octet-stream" };
/** Files on their way at a time: each holds a descriptor and a buffer for as long as its reader likes. */
const maxSending = 64;
const pictureParams = idParams.extend({ name: z.enum(pictureNames) });
const fragmentParams = idParams.extend({ index: z.coerce.number().int().min(0).max(999_999) });

export function clipRoutes(api: Api, { parts, paths }: ApiContext): void {
  let sending = 0;

  function clipOf(id: string): Clip {
    const clip = parts.store.clip(id);
    if (clip === null) throw new Fault("not-found", `no clip ${id}`);
    return clip;
  }

  function fileOf(clip: Clip, name: string, bytes: number | null = null): ClipFile {
    return { path: join(clipFolder(paths, clip.id, clip.startWallMs), name), name, bytes };
  }

  /** The headers are for the files only: an error about them must not be kept by a browser. */
  async function send(
    reply: FastifyReply,
    file: ClipFile,
    headers: Readonly<Record<string, string>>,
  ): Promise<FastifyReply> {
    if (sending >= maxSending) {
      throw new Fault("unavailable", `${maxSending} files are being sent already`, {
        hint: "ask again in a moment",
      });
    }
    sending += 1;
    const { bytes, stream } = await openClipFile(file).catch((error: unknown) => {
      sending -= 1;
      throw error;
    });
    stream.once("close", () => {
      sending -= 1;
    });
    return reply.headers(headers).header("content-length", bytes).send(stream);
  }

  api.get(
    "/api/clips/:id",
    {
      config: { allow: viewers },
      schema: { summary: "One clip", params: idParams, response: { 200: clipSchema, ...errorAnswers } },
    },
    async ({ params }) => clipOf(params.id),
  );

  api.get(
    "/api/clips/:id/init.mp4",
    { config: { allow: viewers }, schema: { summary: "Init segment, an age file", params: idParams } },
    async (request, reply) => {
      const clip = clipOf(request.params.id);
      await parts.views.clip(signedInCaller(request).person, clip.id);
      return send(reply, fileOf(clip, clipFiles.init), { ...sealed, "cache-control": forEver });
    },
  );

  api.get(
    "/api/clips/:id/fragments/:index",
    { config: { allow: viewers }, schema: { summary: "One fragment, an age file", params: fragmentParams } },
    async (request, reply) => {
      const { params } = request;
      const clip = clipOf(params.id);
      const fragment = clip.fragments.find((each) => each.index === params.index);
      if (fragment === undefined)
        throw new Fault("not-found", `clip ${clip.id} has no fragment ${params.index}`);
      await parts.views.clip(signedInCaller(request).person, clip.id);
      return send(reply, fileOf(clip, clipFiles.fragment(fragment.index), fragment.bytes), {
        ...sealed,
        "cache-control": forEver,
        etag: `"${fragment.sha256}"`,
      });
    },
  );

  api.get(
    "/api/clips/:id/thumb.jpg",
    {
      config: { allow: viewers },
      schema: {
        summary: "Picture of the clip (JPEG), an age file; 404 until there is one",
        params: idParams,
      },
    },
    async ({ params }, reply) => {
      const clip = clipOf(params.id);
      if (!clip.thumbnail) throw new Fault("not-found", `clip ${clip.id} has no thumbnail yet`);
      // a ring that joins the recording takes the picture anew
      const caching = clip.state === "recording" ? "no-cache" : forEver;
      return send(reply, fileOf(clip, clipFiles.thumbnail), { ...sealed, "cache-control": caching });
    },
  );

  api.get(
    "/api/clips/:id/pictures/:name",
    {
      config: { allow: viewers },
      schema: {
        summary: "A parcel's place before and after (JPEG), an age file; 204 where the clip has none (yet)",
        params: pictureParams,
      },
    },
    async ({ params }, reply) => {
      const file = fileOf(clipOf(params.id), clipFiles.picture(params.name));
      // nothing tells beforehand whether there is one, and to have none is no error
      if (!(await hasClipFile(file))) return reply.code(204).header("cache-control", "no-store").send();
      return send(reply, file, { ...sealed, "cache-control": forEver });
    },
  );
}
