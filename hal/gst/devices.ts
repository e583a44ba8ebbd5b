/**
 * Devices: which cameras does this machine have?
 *
 * A Raspberry Pi lists its codecs and its image processor as video devices too; they are told
 * apart by the name that the kernel gives them. Reads /dev and /sys only, opens nothing.
 */
import { access, constants, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault, toFault } from "../fault.ts";

export interface VideoDevice {
  readonly path: string;
  /** The kernel's name, "" when unknown. */
  readonly name: string;
}

const notCameras = /codec|\bisp\b|bcm2835-isp|pispbe|hevc|rpivid|unicam|rp1-cfe|image_fx/i;

export async function listVideoDevices(
  folders: { dev: string; sys: string } = { dev: "/dev", sys: "/sys/class/video4linux" },
): Promise<VideoDevice[]> {
  const entries = await readdir(folders.dev).catch(() => []);
  const numbers = entries.flatMap((entry) => {
    const number = /^video(\d+)$/.exec(entry)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const devices = await Promise.all(
    numbers
      .sort((a, b) => a - b)
      .map(async (number) => {
        const name = await readFile(join(folders.sys, `video${number}`, "name"), "utf8").catch(() => "");
        return { path: join(folders.dev, `video${number}`), name: name.trim() };
      }),
  );
  return devices.filter(({ name }) => !notCameras.test(name));
}

/** Throws a Fault with a hint when the file or device cannot be what is asked for. */
export async function checkPath(path: string, live: boolean): Promise<void> {
  const what = live ? "camera device" : "video file";
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new Fault("invalid", `${path} is a folder, not a ${what}`, { hint: "give one video file" });
    if (!live && !found.isFile())
      throw new Fault("invalid", `${path} is not a video file`, {
        hint: "a pipe or device cannot be replayed; save the video to a file first",
      });
    if (!live && found.size === 0)
      throw new Fault("corrupt", `video file ${path} is empty`, { hint: "record or copy it again" });
    await access(path, live ? constants.R_OK | constants.W_OK : constants.R_OK);
  } catch (error) {
    const fault = toFault(error);
    if (fault === error) throw fault;
    throw new Fault(fault.kind, describe(fault, { path, what }), {
      cause: error,
      hint: hintFor(fault, live),
    });
  }
}

function describe(fault: Fault, { path, what }: { path: string; what: string }): string {
  if (fault.kind === "not-found") return `no ${what} ${path}`;
  if (fault.kind === "denied") return `${what} ${path} may not be read`;
  return `${what} ${path} cannot be opened`;
}

function hintFor(fault: Fault, live: boolean): string | undefined {
  if (fault.kind === "not-found") return live ? "see `sill hal list`" : "check the path";
  if (fault.kind === "denied")
    return live ? "add the user to the group: sudo usermod -aG video $USER" : "check the file's rights";
  return undefined;
}
