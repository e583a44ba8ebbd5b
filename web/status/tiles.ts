/**
 * Tiles: the status in six short answers.
 *
 * Pure. Each has a word that is right at a glance and a sentence that explains it; `level` is
 * never told by colour alone, the word says it too.
 */
import type { Status } from "../../daemon/wire/api-status.ts";
import { capital } from "../look/capital.ts";
import { bytes, hoursLong, number, percent } from "../look/format.ts";
import type { IconName } from "../look/icons.tsx";
import { words } from "../words.ts";
import { droppedOf } from "./problems.ts";

export interface Tile {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly level: "fine" | "warn" | "wrong";
  /** Share of a whole, drawn as a small bar. */
  readonly frac?: number;
}

const { status: say } = words;

function cameraTile({ camera, processes }: Status): Tile {
  const eye = processes.find((process) => process.name === "eye");
  if (eye?.connected === false) {
    const note = words.problems.processHints.eye;
    return {
      id: "camera",
      icon: "camera",
      label: say.camera,
      value: say.cameraStalled,
      note,
      level: "wrong",
    };
  }
  const value = {
    running: say.cameraRunning,
    opening: say.cameraOpening,
    stalled: say.cameraStalled,
    failed: say.cameraFailed,
    asleep: say.cameraAsleep,
  }[camera.state];
  const level = {
    running: "fine",
    asleep: "fine",
    opening: "warn",
    failed: "wrong",
    stalled: "wrong",
  } as const;
  const size = `${camera.width} × ${camera.height}`;
  const running = say.cameraNote(capital(camera.name), size, number(camera.fps));
  const note = {
    running,
    asleep: say.cameraAsleepNote,
    opening: capital(camera.name),
    failed: words.live.cameraHint,
    stalled: words.live.cameraHint,
  }[camera.state];
  return { id: "camera", icon: "camera", label: say.camera, value, note, level: level[camera.state] };
}

function whyNothing(guard: Status["mask"]["guard"]): string {
  return guard?.state === "tripped" ? `${words.guard.title[guard.reason ?? "changed"]}.` : say.maskAll;
}

function maskTile({ mask, camera, privacy }: Status): Tile {
  if (privacy.closed) {
    const [value, note] = [say.maskClosed, say.maskClosedNote];
    return { id: "mask", icon: "eyeOff", label: say.mask, value, note, level: "fine" };
  }
  if (camera.state !== "running") {
    const [value, note] = [say.maskWaits, say.maskWaitsNote];
    return { id: "mask", icon: "shield", label: say.mask, value, note, level: "warn" };
  }
  const share = percent(mask.visibleFrac);
  const none = mask.visibleFrac === 0;
  return {
    id: "mask",
    icon: "shield",
    label: say.mask,
    value: none ? say.maskNone : say.maskSees(share),
    note: none ? whyNothing(mask.guard) : say.maskNote(share),
    level: none ? "wrong" : "fine",
    frac: mask.visibleFrac,
  };
}

function doorTile({ sensors }: Status): Tile {
  const stateOf = (role: "button" | "pir") => sensors.find((sensor) => sensor.role === role)?.state ?? "off";
  const [button, pir] = [stateOf("button"), stateOf("pir")];
  const level = button === "failed" ? "wrong" : pir === "failed" ? "warn" : "fine";
  const failed = level !== "fine";
  const waiting = button === "opening" || pir === "opening";
  const state = failed ? "failed" : waiting ? "opening" : button === "off" ? "off" : "ok";
  return {
    id: "door",
    icon: "button",
    label: say.door,
    value: capital(say.sensorWords[state]),
    note: say.doorNote(say.sensorWords[button], say.sensorWords[pir]),
    level,
  };
}

function diskTile({ storage }: Status): Tile {
  return {
    id: "disk",
    icon: "disk",
    label: say.disk,
    value: say.diskUsed(bytes(storage.usedBytes), bytes(storage.budgetBytes)),
    note: say.diskNote(hoursLong(storage.retentionHours), bytes(storage.freeBytes)),
    level: storage.fault !== undefined ? "wrong" : storage.full ? "warn" : "fine",
    frac: storage.budgetBytes === 0 ? 0 : Math.min(1, storage.usedBytes / storage.budgetBytes),
  };
}

function droppedTile(status: Status): Tile {
  const { count, frac, much } = droppedOf(status);
  return {
    id: "dropped",
    icon: "frames",
    label: say.dropped,
    value: count === 0 ? say.droppedNone : say.droppedSome(number(count)),
    note: say.droppedNote(percent(frac)),
    level: much ? "warn" : "fine",
  };
}

function processesTile({ processes }: Status): Tile {
  const up = processes.filter((process) => process.connected).length;
  const memory = processes.reduce((sum, process) => sum + process.rssBytes, 0);
  return {
    id: "processes",
    icon: "rooms",
    label: say.processes,
    value: say.processesUp(up, processes.length),
    note: say.processesNote(bytes(memory)),
    level: up === processes.length ? "fine" : "wrong",
  };
}

export function tilesOf(status: Status): Tile[] {
  return [
    cameraTile(status),
    maskTile(status),
    doorTile(status),
    diskTile(status),
    droppedTile(status),
    processesTile(status),
  ];
}
