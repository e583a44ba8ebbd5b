/**
 * MP4 index: does an MP4 file still have the box that says where its pictures are?
 *
 * The commonest broken video is one whose writer was interrupted. GStreamer's decodebin sometimes
 * swallows the demuxer's error for it and then says nothing at all, so the boxes are walked here
 * first (ISO/IEC 14496-12, 4.2). Files that are not MP4 are none of its business.
 */
import { open, type FileHandle } from "node:fs/promises";
import { Fault } from "../fault.ts";

interface Box {
  readonly type: string;
  readonly endByte: number;
}

/** More top-level boxes than any real file has before its index. */
const maxBoxes = 10_000;

/** Throws Fault `corrupt` when the index is missing or cut off. */
export async function checkMp4Index(path: string, name: string): Promise<void> {
  await using file = await open(path);
  const { size } = await file.stat();
  for (let at = 0, boxes = 0; boxes < maxBoxes; boxes += 1) {
    const box = await readBox(file, at, size);
    if (at === 0 && box?.type !== "ftyp") return;
    if (box?.type === "moov" && box.endByte <= size) return;
    if (box === null || box.type === "moov" || box.endByte <= at) break;
    at = box.endByte;
  }
  throw new Fault("corrupt", `${name}: the file was cut off before its index was complete`, {
    hint: "copy or record it again",
  });
}

/** The box that starts at a byte, or null at the end of the file. */
async function readBox(file: FileHandle, at: number, fileBytes: number): Promise<Box | null> {
  const header = Buffer.alloc(16);
  const { bytesRead } = await file.read(header, 0, header.length, at);
  if (bytesRead < 8) return null;
  const size = header.readUInt32BE(0);
  const type = header.toString("latin1", 4, 8);
  if (size === 0) return { type, endByte: fileBytes };
  if (size > 1) return { type, endByte: at + size };
  return bytesRead < 16 ? null : { type, endByte: at + Number(header.readBigUInt64BE(8)) };
}
