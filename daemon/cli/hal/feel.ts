/**
 * Feel: the lines that were asked for, from the running doorbell where it holds them, else taken.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { pathsOf } from "../../wire/paths.ts";
import { houseRuns } from "../ask-house.ts";
import type { Feeling, Felt } from "./felt.ts";
import { holdLine } from "./held.ts";
import { feelHouse } from "./house.ts";
import { doorbellLines, wishesOf, type DoorbellLine, type Wish } from "./wish.ts";

export interface FeelOptions {
  readonly settings: Settings;
  /** --lines; null = button and PIR, and in a running house chime and light. */
  readonly names: string | null;
  readonly clock: Clock;
  /** Hear of the camera, too, where a doorbell runs. */
  readonly camera?: boolean;
  /** Hear some of its pictures, too: only a running doorbell has them, masked. */
  readonly picturesPerS?: number;
  readonly tell: (felt: Felt) => void;
  /** A line that cannot be taken (somebody holds it) is told here; without this it is thrown. */
  readonly onRefused?: (wish: Wish, fault: Fault) => void;
}

export async function feelLines({
  settings,
  names,
  camera = false,
  picturesPerS = 0,
  clock,
  tell,
  onRefused,
}: FeelOptions): Promise<Feeling> {
  const paths = pathsOf(settings);
  const runs = await houseRuns(paths);
  if (picturesPerS > 0 && !runs)
    throw new Fault("unavailable", "pictures come masked from a running doorbell, and none runs here", {
      hint: "start it (sill run), or record without --frames",
    });
  const wishes = wishesOf(names, settings, usual(settings, runs));
  if (wishes.length === 0)
    throw new Fault("not-found", "the settings name no button and no PIR: both drivers are none", {
      hint: "choose lines by their place: --lines pinctrl-rp1:17",
    });
  const own = wishes.filter(({ role }) => role === "other" || !runs);
  await using opened = new AsyncDisposableStack();
  const house = runs
    ? opened.use(
        await feelHouse(paths, { names: wishes.map(({ name }) => name), camera, picturesPerS }, tell),
      )
    : null;
  const lines = [...(house?.lines ?? [])];
  for (const wish of own) {
    try {
      const held = opened.use(await holdLine(takeable(wish), { clock, porch: settings.sim, tell }));
      lines.push(held.line);
    } catch (error) {
      const fault = toFault(error);
      if (onRefused === undefined || wishes.length === 1 || fault.kind === "bug") throw fault;
      onRefused(wish, fault);
    }
  }
  const stack = opened.move();
  return {
    lines,
    by: runs ? "house" : "standalone",
    over: house?.over ?? new Promise(() => {}),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function usual(settings: Settings, runs: boolean): DoorbellLine[] {
  const names = runs ? doorbellLines : (["button", "pir"] as const);
  return names.filter((name) => settings[name].driver !== "none");
}

/** Throws Fault for what cannot be listened to without a running doorbell. */
function takeable(wish: Wish): Wish {
  const { name, role, driver } = wish;
  if (role === "chime" || role === "light")
    throw new Fault("invalid", `the ${name} is an output: it is heard only beside a running doorbell`, {
      hint: "sill run, or: sill hal pulse drives it",
    });
  if (driver === "none" || driver === "replay")
    throw new Fault("not-found", `there is no ${name} to take: ${name}.driver is ${driver}`, {
      hint: `--${name}.driver=gpio, or a line by its place: --lines pinctrl-rp1:17`,
    });
  return wish;
}
