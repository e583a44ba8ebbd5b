/**
 * Ear: a program of its own that listens and writes how loud it is, one line for every 20 ms.
 *
 *   node ear.ts alsasrc hw:1
 *
 * A process, because GStreamer's code must not run in the one that rings; it ends with its standard input. Sound is
 * reduced to decibels inside GStreamer and never stored. A Fault is one line of JSON on standard error.
 */
import { levelMs } from "../microphone.ts";
import { Fault, toFault } from "../fault.ts";
import { openGst } from "./lib.ts";
import { popLevel } from "./level.ts";
import { Pipeline } from "./pipeline.ts";

export const earSources = ["alsasrc", "pulsesrc", "audiotestsrc"] as const;
export type EarSource = (typeof earSources)[number];

const pollMs = 10;

function listen(source: EarSource, device: string): void {
  const gst = openGst();
  const name = device === "" ? source : `${source} ${device}`;
  const blame = { name, live: true };
  const live = source === "audiotestsrc" ? " is-live=true" : "";
  const description = `${source} name=src${live} ! audioconvert ! level interval=${levelMs * 1_000_000} post-messages=true ! fakesink sync=false`;
  const pipeline = new Pipeline(gst, description, blame);
  if (device !== "") pipeline.setText("src", "device", device);
  const bus = gst.elementGetBus(pipeline.pointer);
  pipeline.play();
  const timer = setInterval(() => {
    for (let level = popLevel(gst, bus, blame); level !== null; level = popLevel(gst, bus, blame)) {
      if (level instanceof Fault) return give(level);
      process.stdout.write(`${level.toFixed(1)}\n`);
    }
  }, pollMs);
  process.stdout.on("error", () => process.exit(0)); // nobody hears any more
  process.stdin.on("end", () => {
    clearInterval(timer);
    gst.objectUnref(bus);
    pipeline.close();
    process.exit(0);
  });
  process.stdin.resume();
}

function give(error: unknown): void {
  const { kind, message, hint } = toFault(error);
  process.stderr.write(`${JSON.stringify({ kind, message, hint })}\n`);
  process.exit(1);
}

if (import.meta.main) {
  const [source, device = ""] = process.argv.slice(2);
  const known = earSources.find((each) => each === source);
  try {
    if (known === undefined) throw new Fault("invalid", `unknown source of sound ${String(source)}`);
    listen(known, device);
  } catch (error) {
    give(error);
  }
}
