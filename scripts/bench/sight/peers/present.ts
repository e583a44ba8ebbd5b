/**
 * Present: which peers are installed here, and how to install them.
 *
 * None of them is needed for anything else: only `npm run bench -- --only sight --peers` installs them.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Fault } from "../../../../hal/fault.ts";
import type { Watcher } from "../watcher.ts";
import { withLeadIn } from "./lead-in.ts";
import { motionWatcher } from "./motion.ts";
import { opencvMethods, opencvWatcher, python } from "./opencv.ts";

const packages = ["motion", "python3-opencv", "gcc", "libc6-dev"];
/** From a black reference to a settled noise level. */
const leadInS = 30;

export interface Peers {
  readonly watchers: readonly Watcher[];
  /** Names of those that are not installed. */
  readonly missing: readonly string[];
}

export function presentPeers(): Peers {
  const hasMotion = isHere("motion") && isHere("cc");
  const hasOpencv = spawnSync(python, ["-c", "import cv2, numpy"], { stdio: "ignore" }).status === 0;
  return {
    watchers: [
      ...(hasMotion ? [withLeadIn(motionWatcher(), leadInS)] : []),
      ...(hasOpencv ? opencvMethods.map(opencvWatcher) : []),
    ],
    missing: [...(hasMotion ? [] : ["motion"]), ...(hasOpencv ? [] : opencvMethods)],
  };
}

function isHere(command: string): boolean {
  return spawnSync("sh", ["-c", 'command -v "$0"', command], { stdio: "ignore" }).status === 0;
}

export function installPeers(note: (line: string) => void): void {
  const { missing } = presentPeers();
  if (missing.length === 0) return;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo"];
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"];
  const install = [...apt, "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", "install", ...packages];
  note(`  not here: ${missing.join(", ")}; installing Debian packages: ${packages.join(" ")}`);
  const commands = [[...apt, "update"], install];
  // motion's package starts a service that would take this machine's camera, now and at every start
  if (existsSync("/run/systemd/system")) {
    commands.push([...asRoot, "systemctl", "disable", "--now", "motion.service"]);
  }
  for (const [program = "", ...args] of commands) {
    spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  }
  const left = presentPeers().missing;
  if (left.length > 0) {
    throw new Fault("unavailable", `could not install: ${left.join(", ")}`, {
      hint: `apt-get update && apt-get install ${packages.join(" ")}   (Debian 12)`,
    });
  }
}
