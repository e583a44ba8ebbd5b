/**
 * Elements: is a GStreamer element installed, and does it really open?
 */
import { openGst } from "./lib.ts";

export function hasElement(name: string): boolean {
  const gst = openGst();
  const factory = gst.factoryFind(name);
  if (factory === null) return false;
  gst.objectUnref(factory);
  return true;
}

/** Brings one instance to READY and back: a hardware codec without its hardware fails here. */
export function elementOpens(name: string): boolean {
  const [stateNull, stateReady, failure] = [1, 2, 0];
  const gst = openGst();
  const element = gst.factoryMake(name, null);
  if (element === null) return false;
  const opens = gst.setState(element, stateReady) !== failure;
  gst.setState(element, stateNull);
  gst.objectUnref(element);
  return opens;
}
