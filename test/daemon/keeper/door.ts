/**
 * A keeper in a folder of its own, with simulated sensors that do only what the test says.
 *
 * `openDoor` has an owner, who is signed in and asks with `get`; `openBareDoor` has nobody.
 */
import { readPairing } from "../../../daemon/keeper/people/pairing-file.ts";
import { doorOf, human, pair, signIn, type SignedInHuman } from "../../../scripts/rigs/person.ts";
import { pino } from "pino";
import { settingsSchema, type Settings } from "../../../config/schema.ts";
import { openKeeper, type Keeper } from "../../../daemon/keeper/keeper.ts";
import type { SensorDrivers } from "../../../daemon/keeper/sensors/drivers.ts";
import type { SoundDrivers } from "../../../daemon/keeper/talk/door-sound.ts";
import { dataPaths, type DataPaths } from "../../../daemon/wire/paths.ts";
import { systemClock } from "../../../hal/clock.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { simButton, simChime, simLight, simPir, type SimButton } from "../../../hal/sim/sensors.ts";
import type { SimChime, SimLight, SimPir } from "../../../hal/sim/sensors.ts";
import { tempFolder } from "./temp-folder.ts";

export interface DoorOptions {
  readonly clock?: Clock;
  /** Instead of a temporary folder, which is removed at the end. */
  readonly data?: string;
  readonly settings?: Record<string, Record<string, unknown>>;
  readonly drivers?: Partial<SensorDrivers>;
  readonly sounds?: SoundDrivers;
  readonly webRoot?: string;
  readonly logLines?: string[];
}

export interface BareDoor extends AsyncDisposable {
  readonly keeper: Keeper;
  readonly base: string;
  readonly paths: DataPaths;
  readonly button: SimButton;
  readonly pir: SimPir;
  readonly chime: SimChime;
  readonly light: SimLight;
  /** What `sill pair` would print; null when there is none. */
  code(): Promise<string | null>;
  /** As nobody. */
  get(path: string): Promise<Response>;
}

export interface TestDoor extends BareDoor {
  readonly owner: SignedInHuman;
  /** The doorbell's name, for what is signed. */
  readonly device: string;
  /** As the owner. */
  get(path: string): Promise<Response>;
}

export function testSettings(data: string, changes: DoorOptions["settings"] = {}): Settings {
  return settingsSchema.parse({
    data,
    ...changes,
    // any free port
    web: { port: 0, ...changes["web"] },
    // the test machine's own free space must not decide what a test keeps
    storage: { minFreeMb: 0, ...changes["storage"] },
  });
}

/** Pairs it with its test owner unless that was done before, and signs them in. */
export async function openDoor(options: DoorOptions = {}): Promise<TestDoor> {
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await openBareDoor(options));
  const who = human(1);
  const { device, paired } = await doorOf(door.base);
  if (!paired) await pair(door.base, who, (await door.code()) ?? "");
  const owner = await signIn(door.base, who);
  const open = stack.move();
  return {
    ...door,
    owner,
    device,
    get: (path) => owner.fetch(path),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

export async function openBareDoor(options: DoorOptions = {}): Promise<BareDoor> {
  await using stack = new AsyncDisposableStack();
  const clock = options.clock ?? systemClock;
  const data = options.data ?? stack.use(await tempFolder()).path;
  const button = simButton({ clock });
  const pir = simPir({ clock });
  const chime = simChime({ clock });
  const light = simLight();
  const lines = options.logLines;
  const log = pino({ level: lines ? "info" : "silent" }, { write: (line: string) => lines?.push(line) });
  const keeper = stack.use(
    await openKeeper({
      settings: testSettings(data, options.settings),
      epochWallMs: clock.wallMs(),
      clock,
      log,
      drivers: {
        button: { open: async () => button },
        pir: { open: async () => pir },
        chime: { open: async () => chime },
        light: { open: async () => light },
        ...options.drivers,
      },
      ...(options.sounds === undefined ? {} : { sounds: options.sounds }),
      webRoot: options.webRoot ?? "/nonexistent",
    }),
  );
  const base = `http://${keeper.address}:${keeper.port}`;
  const open = stack.move();
  return {
    keeper,
    base,
    paths: dataPaths(data),
    button,
    pir,
    chime,
    light,
    code: async () => (await readPairing(dataPaths(data).pairing))?.code ?? null,
    get: (path) => fetch(base + path),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
