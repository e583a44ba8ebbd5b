/**
 * Policy watch: the policy in force, read by the eye itself, now and whenever the file changes.
 *
 * Fails closed: with no file, a broken file or an older version than one already seen, the policy
 * is null (everything masked) and `fault` says why. Watches the folder, not the file, because
 * saving replaces the file; a poll every few seconds covers file systems that tell nobody.
 */
import { watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Policy } from "../wire/policy.ts";
import { readPolicy } from "./mask/policy-file.ts";

const pollMs = 5_000;

export interface PolicyState {
  readonly policy: Policy | null;
  readonly fault: Fault | null;
}

export interface PolicyWatchOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly onChange: (state: PolicyState) => void;
}

export class PolicyWatch implements AsyncDisposable {
  readonly #options: PolicyWatchOptions;
  #state: PolicyState = { policy: null, fault: null };
  #newest = 0;
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
    const { path, clock } = this.#options;
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
      if (policy.version < this.#newest) {
        throw new Fault(
          "denied",
          `privacy policy ${policy.version} is older than ${this.#newest}, which was in force`,
          {
            hint: "save the property line again",
          },
        );
      }
      this.#newest = policy.version;
      return { policy, fault: null };
    } catch (error) {
      return { policy: null, fault: toFault(error) };
    }
  }
}
