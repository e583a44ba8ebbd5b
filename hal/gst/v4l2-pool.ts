/**
 * V4L2 pool: lets go of the buffer pool that v4l2src of GStreamer 1.22.0 loses when it stops.
 *
 * That version (Debian 12, Raspberry Pi OS bookworm) forgets one reference each time it stops: the
 * device stays open and its buffers mapped (five descriptors, up to 16 MB at 1080p) for as long as the
 * process lives. An unplugged camera then keeps its number and comes back under another one, and a
 * flaky one fills the memory. The lost reference is dropped here. The pool is found through the two
 * structures below, whose layout is that of exactly this version; with any other nothing is done, and
 * `npm run test:hardware` says whether it loses something too.
 */
import koffi from "koffi";
import type { Gst, Pointer } from "./bindings.ts";

const faultyVersion = "1.22.0";
/** struct GstV4l2Src: what it has of GstPushSrc, then its GstV4l2Object. The same on x64 and arm64. */
const objectAt = 680n;
/** struct GstV4l2Object: the element first, its pool here. */
const poolAt = 488n;
/** struct GObject: class, then the reference count. */
const refCountAt = 8n;

/** Called before the pipeline ends; what it returns is called when the pipeline is gone. */
export function holdV4l2Pool(gst: Gst, source: Pointer): () => void {
  const pool = poolOf(gst, source);
  if (pool === null) return () => {};
  gst.objectRef(pool);
  return () => {
    const others = koffi.decode.uint32(pool + refCountAt) - 1;
    if (others > 0) gst.objectUnref(pool);
    gst.objectUnref(pool);
  };
}

function poolOf(gst: Gst, source: Pointer): Pointer | null {
  const factory = gst.factoryFind("v4l2src");
  if (factory === null) return null;
  const plugin = gst.featurePlugin(factory);
  gst.objectUnref(factory);
  if (plugin === null) return null;
  const version = gst.pluginVersion(plugin);
  gst.objectUnref(plugin);
  if (version !== faultyVersion) return null;
  const object = pointerAt(source + objectAt);
  if (object === 0n || pointerAt(object) !== source) return null;
  const pool = pointerAt(object + poolAt);
  return pool === 0n ? null : pool;
}

function pointerAt(address: Pointer): Pointer {
  return BigInt(koffi.decode.uint64(address));
}
