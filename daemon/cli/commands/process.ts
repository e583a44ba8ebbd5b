/**
 * `sill eye`, `sill keeper`, `sill courier`, `sill rtsp`: the entries of the processes.
 *
 * The supervisor starts them with its own flags and environment. SILL_SIM_EPOCH_MS is the wall
 * time at which the simulated porch is at 0, so that eye and keeper play the same porch without
 * talking to each other; without it (started by hand, or by systemd) that is now.
 */
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Call, Command } from "../command.ts";

function epochOf(call: Call): number {
  const text = call.terminal.env["SILL_SIM_EPOCH_MS"];
  if (text === undefined || text === "") return systemClock.wallMs();
  if (!/^\d{1,15}$/u.test(text)) {
    throw new Fault(
      "invalid",
      `SILL_SIM_EPOCH_MS is ${JSON.stringify(text)}; allowed: milliseconds since 1970`,
    );
  }
  return Number(text);
}

/**
 * A unit that lost its `User=` line would see, keep and send as root, without the cage that its user is.
 * Only a unit is refused: who starts a process by hand, or `sill run` as root, knows what they do.
 */
function refuseRootUnit({ terminal: { env } }: Call, name: string): void {
  const isUnit = (env["NOTIFY_SOCKET"] ?? "") !== "" && process.send === undefined;
  if (!isUnit || process.getuid?.() !== 0) return;
  throw new Fault("denied", `the unit of sill ${name} runs as root; it must not`, {
    hint: `its user is sill-${name}: reinstall the package, or take out what overrides User= (systemctl cat sill-${name})`,
  });
}

function processCommand(name: string, about: string, start: (call: Call) => Promise<void>): Command {
  const run = async (call: Call): Promise<void> => {
    refuseRootUnit(call, name);
    await start(call);
  };
  return { operands: "", arity: [0, 0], about, options: {}, takesSettings: true, examples: [], run };
}

export const eye = processCommand("eye", "Sees the camera. Started by sill run.", async (call) => {
  const { runEye } = await import("../../eye/run.ts");
  await runEye(call.settings().settings, { epochWallMs: epochOf(call) });
});

export const keeper = processCommand(
  "keeper",
  "Keeps the store, serves the page. Started by sill run.",
  async (call) => {
    const { runKeeper } = await import("../../keeper/run.ts");
    await runKeeper(call.settings().settings, { epochWallMs: epochOf(call) });
  },
);

export const courier = processCommand(
  "courier",
  "Carries granted clips outside. Started by sill run.",
  async (call) => {
    const { runCourier } = await import("../../courier/run.ts");
    await runCourier(call.settings().settings);
  },
);

export const rtsp = processCommand(
  "rtsp",
  "Gives the masked picture to systems of the house. Started by sill run.",
  async (call) => {
    const { runRtsp } = await import("../../rtsp/run.ts");
    await runRtsp(call.settings().settings);
  },
);
