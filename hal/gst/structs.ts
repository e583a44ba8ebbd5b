/**
 * Structs: how GStreamer lays out the few structures that Sill reads by offset.
 *
 * Part of GStreamer 1.x's stable ABI on 64-bit machines (x64 and arm64 agree). Only what a getter
 * function does not give, or gives too slowly for every frame, is read this way. `lib.ts` refuses
 * other architectures and versions before anything here is used.
 */
import koffi, { type TypeObject } from "koffi";

const miniObject = koffi.struct("SillGstMiniObject", {
  type: "size_t",
  refcount: "int",
  lockstate: "int",
  flags: "uint",
  copy: "void *",
  dispose: "void *",
  free: "void *",
  privUint: "uint",
  privPointer: "void *",
});

const buffer = koffi.struct("SillGstBuffer", {
  miniObject,
  pool: "void *",
  pts: "uint64",
  dts: "uint64",
  duration: "uint64",
  offset: "uint64",
  offsetEnd: "uint64",
});

const message = koffi.struct("SillGstMessage", { miniObject, type: "uint" });

const mapInfo = koffi.struct("SillGstMapInfo", {
  memory: "void *",
  flags: "uint",
  data: "void *",
  size: "size_t",
  maxsize: "size_t",
  userData: koffi.array("void *", 4),
  reserved: koffi.array("void *", 4),
});

const videoMeta = koffi.struct("SillGstVideoMeta", {
  metaFlags: "uint",
  metaInfo: "void *",
  buffer: "void *",
  flags: "uint",
  format: "uint",
  id: "int",
  width: "uint",
  height: "uint",
  planes: "uint",
  offset: koffi.array("size_t", 4),
  stride: koffi.array("int", 4),
});

const error = koffi.struct("SillGError", { domain: "uint32", code: "int", message: "void *" });

const at = (type: TypeObject, member: string): number => koffi.offsetof(type, member);

export const bufferLayout = {
  flags: at(miniObject, "flags"),
  pts: at(buffer, "pts"),
  duration: at(buffer, "duration"),
  sizeBytes: koffi.sizeof(buffer),
};

export const messageLayout = { type: at(message, "type") };

export const mapInfoLayout = {
  data: at(mapInfo, "data"),
  size: at(mapInfo, "size"),
  sizeBytes: koffi.sizeof(mapInfo),
};

export const videoMetaLayout = {
  offset: at(videoMeta, "offset"),
  stride: at(videoMeta, "stride"),
};

export const errorLayout = {
  domain: at(error, "domain"),
  code: at(error, "code"),
  message: at(error, "message"),
};

/** GstBuffer flag: cannot be decoded by itself. */
export const deltaUnitFlag = 1 << 13;
/** GST_CLOCK_TIME_NONE, as a double. */
export const noTimeNs = 2 ** 64;
/** A GValue is a type and two words. */
export const valueSizeBytes = 24;
/** G_TYPE_STRING. */
export const stringType = 16 << 2;
