/**
 * Elements: is a GStreamer element installed?
 */
import { openGst } from "./lib.ts";

export function hasElement(name: string): boolean {
  const gst = openGst();
  const factory = gst.factoryFind(name);
  if (factory === null) return false;
  gst.objectUnref(factory);
  return true;
}
