/** The eye as a process of its own on a temporary data folder, with this test for its keeper. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import { listenLink, type Link } from "../../../daemon/wire/link.ts";
import { eyeToKeeperSchema, type EyeToKeeper, type KeeperToEye } from "../../../daemon/wire/messages.ts";
import { dataPaths, type DataPaths } from "../../../daemon/wire/paths.ts";
import { pairFolder, testKeys, type Paired, type PolicyChange } from "../../../scripts/rigs/paired.ts";

const main = join(import.meta.dirname, "..", "..", "..", "daemon", "cli", "main.ts");
const small = ["--camera.width=320", "--camera.height=180", "--camera.fps=10", "--sim.visitorsPerHour=0"];

const nobody: Paired = { owner: testKeys(1), device: "" };

type Message<T> = Extract<EyeToKeeper, { type: T }>;

export interface EyeProcess extends AsyncDisposable {
  readonly paired: Paired;
  readonly told: readonly EyeToKeeper[];
  /** Live units and heat. */
  readonly units: readonly Uint8Array[];
  readonly paths: DataPaths;
  readonly process: ChildProcess;
  send(message: KeeperToEye): void;
  /** Resolves when the eye has said it, at the latest in a minute. */
  hears<T extends EyeToKeeper["type"]>(type: T, fits?: (message: Message<T>) => boolean): Promise<Message<T>>;
  /** Its exit code after SIGTERM, and how long it took. */
  stop(): Promise<{ code: number | null; tookMs: number }>;
}

export interface EyeProcessOptions {
  readonly flags?: readonly string[];
  /** A folder of the caller's, which stays. */
  readonly data?: string;
  /** False: the folder stays as it is. */
  readonly paired?: boolean;
  /** What may leave; default: nothing. */
  readonly publish?: PolicyChange["publish"];
  /** Words before its own command line; must run it in its own place (exec). */
  readonly under?: readonly string[];
  readonly onArrived?: (send: (message: KeeperToEye) => void) => void;
}

export async function startEye(options: EyeProcessOptions = {}): Promise<EyeProcess> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "sill-eye-")));
  const paths = dataPaths(data);
  await mkdir(dirname(paths.eyeSocket), { recursive: true });
  const paired =
    options.paired === false ? nobody : await pairFolder(data, { publish: options.publish ?? {} });
  const told: EyeToKeeper[] = [];
  const units: Uint8Array[] = [];
  const link: Link<KeeperToEye> = await listenLink<EyeToKeeper, KeeperToEye>({
    path: paths.eyeSocket,
    incoming: eyeToKeeperSchema,
    onMessage: (message) => told.push(message),
    onBinary: (bytes) => units.push(bytes),
    onConnected: (up) => up && options.onArrived?.((message) => link.send(message)),
  });
  const flags = [`--data=${data}`, ...small, ...(options.flags ?? [])];
  const [command = "", ...args] = [...(options.under ?? []), process.execPath, main, "eye", ...flags];
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  const gone = once(child, "exit");
  const stop = async (): Promise<{ code: number | null; tookMs: number }> => {
    const startMs = performance.now();
    child.kill("SIGTERM");
    await gone;
    return { code: child.exitCode, tookMs: performance.now() - startMs };
  };
  return {
    paired,
    told,
    units,
    paths,
    process: child,
    send: (message) => link.send(message),
    hears: (type, fits = () => true) =>
      vi.waitFor(
        () => {
          const found = told.find(
            (each): each is Message<typeof type> => each.type === type && fits(each as Message<typeof type>),
          );
          if (found === undefined) throw new Error(`the eye did not say ${type}`);
          return found;
        },
        { timeout: 60_000, interval: 50 },
      ),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await link.close();
      if (options.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
