/** House: the installed package on this machine, which is the guest, and what its systemd says of it. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { getJson, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { inShell } from "./shell.ts";

export const url = "http://127.0.0.1:8460";
export const units = ["sill-keeper", "sill-eye", "sill-courier"] as const;
export type Unit = (typeof units)[number];
/** Simulated: nothing waits for it really. */
export const wait = { timeout: 900_000, interval: 250 };

/** As `Container`, for what was written for one. */
export const machine = {
  root: "",
  run: inShell,
  async ok(command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await machine.run(command);
    if (code === 0) return stdout + stderr;
    throw new Error(`${command.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  },
  write: (path: string, text: string | Uint8Array): void => writeFileSync(path, text),
};

export const value = async (unit: Unit, name: string): Promise<string> =>
  (await machine.ok(["systemctl", "show", "-P", name, `${unit}.service`])).trim();

export async function allActive(): Promise<void> {
  await vi.waitFor(async () => {
    const states = await Promise.all(units.map((unit) => value(unit, "ActiveState")));
    expect(states).toEqual(["active", "active", "active"]);
  }, wait);
}

export function cameraRuns(owner: SignedInHuman): Promise<Status> {
  return vi.waitFor(async () => {
    const status = await getJson<Status>(owner, "/api/status");
    expect(status.camera.state).toBe("running");
    return status;
  }, wait);
}

export const ringsOf = async (owner: SignedInHuman): Promise<Event[]> =>
  (await getJson<{ events: Event[] }>(owner, "/api/events?limit=50")).events.filter(
    ({ kind }) => kind === "ring",
  );

/** One press of the button, as a finger does it: the line of the simulated chip falls and rises. */
export async function press(owner: SignedInHuman): Promise<Event> {
  const known = new Set((await ringsOf(owner)).map(({ id }) => id));
  pull(17, false);
  await new Promise((resolve) => setTimeout(resolve, 150));
  pull(17, true);
  return vi.waitFor(async () => {
    const ring = (await ringsOf(owner)).find(({ id }) => !known.has(id));
    if (ring === undefined) throw new Error("it did not ring");
    return ring;
  }, wait);
}

export function pull(line: number, up: boolean): void {
  writeFileSync(`${chipFolder()}/sim_gpio${line}/pull`, up ? "pull-up" : "pull-down");
}

/** The guest's own chip (scripts/rigs/guest/init.sh). */
function chipFolder(): string {
  const [device, chip] = ["dev_name", "bank0/chip_name"].map((file) =>
    readFileSync(`/sys/kernel/config/gpio-sim/doorbell/${file}`, "utf8").trim(),
  );
  expect(readdirSync("/dev")).toContain(chip);
  return `/sys/devices/platform/${device}/${chip}`;
}
