/**
 * Devices: which video devices does this machine have, and may they be opened?
 *
 * Reads /dev and /sys, and asks a node that is not known by name what it is; starts nothing. What a
 * node is good for is decided in video-node.ts.
 */
import { access, constants, readdir, readFile, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Fault, toFault } from "../fault.ts";
import { goneErrnos, queryCaps, type QueriedCaps } from "./v4l2.ts";
import { isKnown, judgeNode, type JudgedNode, type VideoNode } from "./video-node.ts";

export interface DeviceFolders {
  readonly dev: string;
  /** /sys/class/video4linux */
  readonly sys: string;
}

const systemFolders: DeviceFolders = { dev: "/dev", sys: "/sys/class/video4linux" };

/** Every video device in order of number, with what it is good for. */
export async function listVideoNodes(
  folders = systemFolders,
  ask: (path: string) => QueriedCaps = queryCaps,
): Promise<JudgedNode[]> {
  const entries = await readdir(folders.dev).catch(() => []);
  const numbers = entries.flatMap((entry) => {
    const number = /^video(\d+)$/.exec(entry)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  const sorted = numbers.sort((a, b) => a - b);
  return Promise.all(sorted.map((number) => readNode(`video${number}`, folders, ask)));
}

async function readNode(
  node: string,
  { dev, sys }: DeviceFolders,
  ask: (path: string) => QueriedCaps,
): Promise<JudgedNode> {
  const path = join(dev, node);
  const name = await readFile(join(sys, node, "name"), "utf8").catch(() => "");
  const driver = await readlink(join(sys, node, "device", "driver")).catch(() => "");
  const told = { path, name: name.trim(), driver: basename(driver), caps: null };
  try {
    // opening a codec's node would make it ready to work
    if (isKnown(told)) await access(path, constants.R_OK | constants.W_OK);
    else return judgeNode({ ...told, ...asked(ask(path)), errno: null });
    return judgeNode({ ...told, errno: null });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return judgeNode({ ...told, errno: code });
  }
}

const asked = ({ driver, caps }: QueriedCaps): Pick<VideoNode, "driver" | "caps"> => ({ driver, caps });

/** Throws Fault `invalid` when the device is no camera, `unavailable` when its camera is gone. */
export async function checkCamera(path: string): Promise<void> {
  const real = await realpath(path);
  const { use, why, errno } = await readNode(
    basename(real),
    { ...systemFolders, dev: dirname(real) },
    queryCaps,
  );
  if (use === "camera") return;
  if (errno !== null && goneErrnos.has(errno))
    throw new Fault("unavailable", `${path}: the camera was unplugged`, {
      hint: "plug it in again; it is opened by itself",
    });
  throw new Fault("invalid", `${path} is no camera: ${why}`, {
    hint: use === "module" ? "set camera.source to libcamera" : "see `sill hal list` for what is one",
  });
}

/** What the board says that it is, e.g. "Raspberry Pi 4 Model B Rev 1.4"; "" on a PC. */
export async function boardModel(): Promise<string> {
  const text = await readFile("/proc/device-tree/model", "utf8").catch(() => "");
  return text.replace(/\0/g, "").trim();
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
      hint: live && fault.kind === "not-found" ? await hereInstead() : hintFor(fault, live),
    });
  }
}

function describe(fault: Fault, { path, what }: { path: string; what: string }): string {
  if (fault.kind === "not-found") return `no ${what} ${path}`;
  if (fault.kind === "denied") return `${what} ${path} may not be read`;
  return `${what} ${path} cannot be opened`;
}

/** A camera that was plugged in again may have another number. */
async function hereInstead(): Promise<string> {
  const nodes = (await listVideoNodes()).filter(({ use }) => use === "camera");
  const here = nodes.map(({ path, name }) => (name === "" ? path : `${path} (${name})`));
  if (here.length === 0) return "plug it in, or see `sill hal list`";
  return `cameras here: ${here.join(", ")}; auto or a name under /dev/v4l/by-id finds it under any number; see \`sill hal list\``;
}

function hintFor(fault: Fault, live: boolean): string | undefined {
  if (fault.kind === "not-found") return "check the path";
  if (fault.kind === "denied")
    return live ? "add the user to the group: sudo usermod -aG video $USER" : "check the file's rights";
  return undefined;
}
