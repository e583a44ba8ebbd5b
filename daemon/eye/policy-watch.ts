/**
 * Policy watch: the policy in force, read by the eye itself, now and whenever the file changes.
 *
 * Fails closed: with no file, a broken file, an older version than one already in force (before a
 * restart too: policy-seen.ts) or another text under the same version, the policy is null
 * (everything masked) and `fault` says why. Watches the folder, not the file, because saving
 * replaces the file; a poll every few seconds covers file systems that tell nobody.
 */
import { watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Policy } from "../wire/policy.ts";
import { readPolicy } from "./mask/policy-file.ts";
import { hashOf, keepSeen, readSeen, type SeenPolicy } from "./policy-seen.ts";

const pollMs = 5_000;

export interface PolicyState {
  readonly policy: Policy | null;
  readonly fault: Fault | null;
}

export interface PolicyWatchOptions {
  readonly path: string;
  /** Where the eye remembers the newest policy that was in force. */
  readonly seenPath: string;
  readonly clock: Clock;
  readonly onChange: (state: PolicyState) => void;
}

export class PolicyWatch implements AsyncDisposable {
  readonly #options: PolicyWatchOptions;
  #state: PolicyState = { policy: null, fault: null };
  #seen: SeenPolicy | null = null;
  #kept = true;
  #watcher: FSWatcher | null = null;
  #cancelPoll: () => void = () => {};
  #reading: Promise<void> = Promise.resolve();

  constructor(options: PolicyWatchOptions) {
    this.#options = options;
  }

  get state(): PolicyState {
    return this.#state;
  }

  /** Resolves when the policy was read for the first time. */
  async start(): Promise<void> {
    const { path, seenPath, clock } = this.#options;
    this.#seen = await readSeen(seenPath);
    const name = basename(path);
    try {
      this.#watcher = watch(dirname(path), (_, changed) => {
        if (changed === null || changed === name) void this.reload();
      });
      this.#watcher.on("error", () => {}); // the poll goes on
    } catch {
      this.#watcher = null; // no such folder yet, or no inotify: the poll finds it
    }
    this.#cancelPoll = clock.every(pollMs, () => void this.reload());
    await this.reload();
  }

  /** Reads again; calls onChange only when something changed. One read at a time. */
  reload(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelPoll();
    this.#watcher?.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const next = await this.#judge();
    const before = JSON.stringify([this.#state.policy, this.#state.fault?.message]);
    this.#state = next;
    if (JSON.stringify([next.policy, next.fault?.message]) !== before) this.#options.onChange(next);
  }

  async #judge(): Promise<PolicyState> {
    try {
      const policy = await readPolicy(this.#options.path);
      refuseOlder(policy, this.#seen);
      await this.#remember(policy);
      return { policy, fault: null };
    } catch (error) {
      return { policy: null, fault: toFault(error) };
    }
  }

  /** On the disk before it is in force. A full disk must not blind the camera: tried at every read. */
  async #remember(policy: Policy): Promise<void> {
    const seen = { version: policy.version, sha256: hashOf(policy) };
    this.#kept &&= seen.version === this.#seen?.version;
    this.#seen = seen;
    if (this.#kept) return;
    this.#kept = await keepSeen(this.#options.seenPath, seen).then(
      () => true,
      () => false,
    );
  }
}

const raiseHint = (version: number): string => `give the policy a version above ${version} and save it again`;

function refuseOlder(policy: Policy, seen: SeenPolicy | null): void {
  if (seen === null || policy.version > seen.version) return;
  const { version } = seen;
  if (policy.version < version) {
    throw new Fault(
      "denied",
      `privacy policy ${policy.version} is older than ${version}, which was in force`,
      {
        hint: raiseHint(version),
      },
    );
  }
  if (hashOf(policy) === seen.sha256) return;
  throw new Fault("denied", `privacy policy ${version} has changed but not its version`, {
    hint: raiseHint(version),
  });
}
