/**
 * Lib: is GStreamer there, new enough, and ready to be called?
 *
 * `openGst` loads the runtime libraries once, checks version and architecture, and initialises
 * GStreamer.
 * Throws Fault `not-found` (libraries missing) or `unavailable` (too old, other architecture),
 * both with what to install.
 */
import koffi, { type LibraryHandle } from "koffi";
import { bindAll, type Gst } from "./bindings.ts";
import { Fault } from "../fault.ts";
import { bufferLayout, mapInfoLayout } from "./structs.ts";

const oldest = [1, 20] as const;

export const gstPackages = [
  "libgstreamer1.0-0",
  "gstreamer1.0-plugins-base",
  "gstreamer1.0-plugins-good",
  "gstreamer1.0-plugins-bad",
  "gstreamer1.0-plugins-ugly",
  "gstreamer1.0-libav",
] as const;

export function gstInstallHint(packages: readonly string[] = gstPackages): string {
  return `sudo apt-get install --no-install-recommends ${packages.join(" ")}`;
}

export type { Gst };

let opened: Gst | null = null;

export function openGst(): Gst {
  opened ??= initialise();
  return opened;
}

function initialise(): Gst {
  if (process.arch !== "x64" && process.arch !== "arm64")
    throw new Fault("unavailable", `GStreamer driver runs on x64 and arm64, not on ${process.arch}`);
  if (bufferLayout.pts !== 72 || mapInfoLayout.sizeBytes !== 104)
    throw new Fault("bug", "GStreamer structures are laid out differently on this machine");
  const gst = bindAll(load);
  const [major, minor] = gstVersion(gst);
  if (major !== oldest[0] || minor < oldest[1])
    throw new Fault("unavailable", `GStreamer ${major}.${minor} found, ${oldest.join(".")} or newer needed`, {
      hint: gstInstallHint(),
    });
  if (gst.initCheck(null, null, null) === 0) throw new Fault("unavailable", "GStreamer does not initialise");
  return gst;
}

export function gstVersion(gst: Gst): [major: number, minor: number, micro: number] {
  const [major, minor, micro]: [[number], [number], [number]] = [[0], [0], [0]];
  gst.version(major, minor, micro, [0]);
  return [major[0], minor[0], micro[0]];
}

function load(name: string): LibraryHandle {
  try {
    return koffi.load(name);
  } catch (error) {
    throw new Fault("not-found", `library ${name} is missing`, { cause: error, hint: gstInstallHint() });
  }
}
