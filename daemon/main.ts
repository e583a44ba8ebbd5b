/**
 * Supervisor: the processes of the house on one machine, each restarted when it dies.
 *
 * On a device systemd does this (and gives each process its own cage); here `sill run` does. It
 * holds the lock on the data folder, and nothing else: no picture, no event passes through it.
 * A keeper that cannot start ends the house (its words say why); without eye or courier the bell
 * still rings, so those are tried for ever.
 */
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import type { Settings } from "../config/schema.ts";
import { systemClock } from "../hal/clock.ts";
import { toFault } from "../hal/fault.ts";
import { nodeFlags } from "../hal/node-flags.ts";
import { Child } from "./child.ts";
import { networkUrl } from "./keeper/page-address.ts";
import { readFingerprint } from "./keeper/tls/certificate.ts";
import { readPairing } from "./keeper/people/pairing-file.ts";
import { privateFolder } from "./files/modes.ts";
import { lockFolder } from "./lock.ts";
import { isListening, onStop } from "./wire/lifetime.ts";
import { pathsOf, type DataPaths } from "./wire/paths.ts";

/** glibc gives each thread memory of its own that it never gives back; two such pools are enough. */
const mallocArenas = "2";
/** The keeper first: the others look for its sockets. */
const always = ["keeper", "eye", "courier"] as const;

export interface SupervisorOptions {
  /** The script that this process runs; its processes run the same. */
  readonly entry: string;
  /** Flags of `sill run`, passed on to every process so that all load the same settings. */
  readonly argv: readonly string[];
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Runs until SIGTERM or SIGINT; resolves to the exit code. */
export async function runSupervisor(settings: Settings, options: SupervisorOptions): Promise<number> {
  process.umask(0o077); // one user here: nothing is for a group
  const paths = pathsOf(settings);
  makeFolders(paths);
  using _lock = lockFolder(paths.lock, paths.root);

  const { promise: finished, resolve: finish } = Promise.withResolvers<number>();
  let told = false;
  const env = {
    MALLOC_ARENA_MAX: mallocArenas,
    ...process.env,
    SILL_SIM_EPOCH_MS: String(systemClock.wallMs()),
  };
  const processes = settings.rtsp.enabled ? ([...always, "rtsp"] as const) : always;
  const children = processes.map((name) => {
    const child = new Child({
      name,
      args: [...nodeFlags, options.entry, name, ...options.argv],
      env,
      clock: systemClock,
      onMessage: (message) => {
        if (!isListening(message)) return;
        child.worked();
        if (told) return;
        told = true;
        options.print(`Sill is running. Open ${message.url} in a browser; Ctrl-C stops it.`);
        void tellWhere(settings, { ...options, paths, url: message.url });
      },
      onExit: options.warn,
      onHopeless: name === "keeper" ? finish : null,
    });
    return child;
  });
  onStop(() => finish(0));
  for (const child of children) child.start();
  const code = await finished;
  await stopAll(children);
  return code;
}

/** The keeper last: it makes room for the eye's last fragments and hears that they are written. */
async function stopAll([keeper, ...others]: readonly Child[]): Promise<void> {
  for (const child of [keeper, ...others]) child?.retire();
  await Promise.all(others.map((child) => child.stop()));
  await keeper?.stop();
}

interface Where {
  readonly paths: DataPaths;
  readonly url: string;
  readonly print: (line: string) => void;
}

/** For who stands at this console: the page's address at home, and, while nobody is paired, what to type. */
async function tellWhere({ web }: Settings, { paths, url, print }: Where): Promise<void> {
  const abroad = networkUrl({ address: web.host, port: Number(new URL(url).port) });
  const fingerprint = abroad === null ? null : await readFingerprint(paths.tls);
  if (fingerprint !== null)
    print(`From the home network: ${abroad} with the certificate SHA-256 ${fingerprint}`);
  const known = await readPairing(paths.pairing).catch(() => null); // the keeper has said what is wrong
  if (known === null) return;
  const { code, expiresWallMs } = known;
  const until = new Date(expiresWallMs).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  print(`To make this doorbell yours: open ${url} and type ${code}; valid until ${until}.`);
}

function makeFolders(paths: DataPaths): void {
  try {
    for (const folder of [paths.root, paths.run, paths.clips, paths.journal, paths.eye]) {
      mkdirSync(folder, { recursive: true, mode: privateFolder });
    }
    // where an earlier version kept what the eye remembers
    for (const path of [paths.policySeen, paths.trust, paths.guard]) {
      const before = join(paths.root, basename(path));
      if (existsSync(before) && !existsSync(path)) renameSync(before, path);
    }
  } catch (error) {
    throw toFault(error, `cannot make the data folder ${paths.root}`);
  }
}
