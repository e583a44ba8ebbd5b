/**
 * Footage: small video files made on the spot by GStreamer, in a folder that goes away again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openGst } from "../../../hal/gst/lib.ts";
import { Pipeline } from "../../../hal/gst/pipeline.ts";

export interface Footage extends AsyncDisposable {
  path(name: string): string;
  /** Runs a description that ends in a muxer into the file `name`; returns its path. */
  make(name: string, description: string): Promise<string>;
}

export async function openFootage(): Promise<Footage> {
  const folder = await mkdtemp(join(tmpdir(), "sill-footage-"));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    async make(name, description) {
      await run(description, path(name));
      return path(name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function run(description: string, location: string): Promise<void> {
  const gst = openGst();
  const pipeline = new Pipeline(gst, `${description} ! filesink name=file`, { name: "footage", live: false });
  const bus = gst.elementGetBus(pipeline.pointer);
  const [eos, error] = [1 << 0, 1 << 1];
  pipeline.setText("file", "location", location);
  pipeline.play();
  for (let message = null; message === null; message = gst.busPop(bus, eos | error)) {
    if (message !== null) gst.miniUnref(message);
    await new Promise((resolve) => setImmediate(resolve));
  }
  gst.objectUnref(bus);
  pipeline.close();
}

export interface ClipOptions {
  readonly frames?: number;
  readonly width?: number;
  readonly height?: number;
  readonly format?: string;
}

/** A moving ball as H.264, without its muxer. */
export function clip({ frames = 30, width = 160, height = 120, format = "I420" }: ClipOptions = {}): string {
  return `videotestsrc pattern=ball num-buffers=${frames} ! video/x-raw,format=${format},width=${width},height=${height},framerate=15/1`;
}

export const h264 = "x264enc speed-preset=ultrafast threads=1 key-int-max=15";
