/**
 * Alerts: from the edge of the simulated button to the house's broker, an open page and a browser's push service.
 *
 * In a house that is well, with the eye stopped, on a full disk, and while a recording is being sent; and whether any of
 * ten thousand presses of a worn button is lost or told twice.
 */
import { smallDisk } from "../../rigs/small-disk.ts";
import { percentile } from "../cpu.ts";
import { figure, type Figure } from "../figure.ts";
import { benchGlass } from "./glass.ts";
import { openHouse, receivers, type Delays } from "./house.ts";
import { openUpload } from "./upload.ts";
import { wornPresses } from "./worn.ts";

type Note = (line: string) => void;
const presses = 150;
const goals = { mqtt: 100, page: 100, push: 250 };
const diskMb = 64;

export async function benchAlerts(note: Note): Promise<Figure[]> {
  const { well, stopped } = await withoutEye(note);
  return [
    ...receivers.map((receiver) =>
      figure(`press.${receiver}.p50.ms`, percentile(well[receiver], 0.5), { unit: "ms" }),
    ),
    ...figuresOf("", well),
    ...figuresOf("eye_stopped.", stopped),
    ...(await onFullDisk(note)),
    ...(await whileSending(note)),
    ...(await worn(note)),
    ...(await benchGlass(note)),
  ];
}

function figuresOf(name: string, delays: Delays): Figure[] {
  return receivers.map((receiver) =>
    figure(`press.${receiver}.${name}p99.ms`, percentile(delays[receiver], 0.99), {
      unit: "ms",
      goal: goals[receiver],
    }),
  );
}

async function withoutEye(note: Note): Promise<{ well: Delays; stopped: Delays }> {
  await using house = await openHouse();
  note("  with all processes running");
  const well = await house.press(presses);
  note("  with the eye stopped");
  const eye = await house.daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    return { well, stopped: await house.press(presses) };
  } finally {
    process.kill(eye, "SIGCONT");
  }
}

async function onFullDisk(note: Note): Promise<Figure[]> {
  await using disk = await smallDisk(diskMb);
  if (disk === null) {
    note("  SKIPPED: a full disk needs root, to mount one");
    return [];
  }
  await using house = await openHouse({ data: disk.path, flags: ["--storage.minFreeMb=0"] });
  note("  with the disk full");
  disk.fill();
  return figuresOf("disk_full.", await house.press(presses));
}

async function whileSending(note: Note): Promise<Figure[]> {
  await using upload = await openUpload();
  await using house = await openHouse(upload.house);
  note("  while a recording is sent");
  await upload.begin(house.daemon);
  const delays = await house.press(presses);
  const sent = await upload.sentBytes();
  note(`  (${Math.round(sent / 1_048_576)} MiB of it so far)`);
  return figuresOf("upload.", delays);
}

async function worn(note: Note): Promise<Figure[]> {
  note("  ten thousand presses of a worn button, each pressed twice");
  const { pressed, contacts, heard, twice, ms } = await wornPresses(10_000);
  note(`  (${contacts} presses after debounce, ${Math.round(ms / 1_000)} s)`);
  return [
    figure("press.worn.lost", pressed - heard, { unit: "of 10,000", goal: 0 }),
    figure("press.worn.twice", twice, { unit: "of 10,000", goal: 0 }),
  ];
}
