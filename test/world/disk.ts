/**
 * Disk: `Files` in memory, with a plug that can be pulled.
 *
 * What a promise has resolved for is there after a cut; an `append` that was cut leaves any prefix, a
 * `write` leaves the old file or the new one, a `remove` or `truncate` happened or did not. After the cut
 * the process is dead: everything it still asks of this disk rejects with `PowerCut`. `survivor` is the disk
 * that the next start finds.
 */
import { Fault } from "../../hal/fault.ts";
import type { Files } from "../../daemon/files/files.ts";

/** To the dying process one more error of its disk. */
export class PowerCut extends Fault {
  constructor() {
    super("unavailable", "the power was cut");
  }
}

/** Asked before every change. null = go on; a fraction = cut, with so much of the change done. */
export type Plug = (change: { readonly name: string; readonly what: string }) => number | null;

export class SimDisk implements Files {
  readonly #files: Map<string, Uint8Array>;
  #plug: Plug = () => null;
  #dead = false;
  /** Every change is refused with Fault `exhausted`; removing works. */
  full = false;
  /** Changes that were made, for tests of order: "append ledger/entries". */
  readonly done: string[] = [];

  constructor(files: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#files = new Map(files);
  }

  plugIn(plug: Plug): void {
    this.#plug = plug;
  }

  /** The process dies here; nothing more is written. */
  cut(): void {
    this.#dead = true;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** What the next start finds, or a backup of now. */
  survivor(): SimDisk {
    return new SimDisk(this.#files);
  }

  read(name: string): Promise<Uint8Array | null> {
    return this.#alive(() => this.#files.get(name)?.slice() ?? null);
  }

  readAt(name: string, offset: number, length: number): Promise<Uint8Array | null> {
    return this.#alive(() => this.#files.get(name)?.slice(offset, offset + length) ?? null);
  }

  size(name: string): Promise<number | null> {
    return this.#alive(() => this.#files.get(name)?.length ?? null);
  }

  list(folder: string): Promise<string[]> {
    return this.#alive(() => {
      const prefix = folder === "" ? "" : `${folder}/`;
      const names = [...this.#files.keys()].flatMap((name) =>
        name.startsWith(prefix) ? (name.slice(prefix.length).split("/")[0] ?? []) : [],
      );
      return [...new Set(names)].toSorted();
    });
  }

  write(name: string, bytes: Uint8Array): Promise<void> {
    return this.#change("write", name, (frac) => {
      if (frac === 1) this.#files.set(name, bytes.slice());
    });
  }

  append(name: string, bytes: Uint8Array): Promise<void> {
    return this.#change("append", name, (frac) => {
      const before = this.#files.get(name) ?? new Uint8Array(0);
      const part = bytes.subarray(0, Math.round(bytes.length * frac));
      const after = new Uint8Array(before.length + part.length);
      after.set(before);
      after.set(part, before.length);
      this.#files.set(name, after);
    });
  }

  sync(name: string): Promise<void> {
    return this.#alive(() => void name); // there is no cache here
  }

  truncate(name: string, length: number): Promise<void> {
    return this.#change("truncate", name, (frac) => {
      const before = this.#files.get(name);
      if (before === undefined) throw new Fault("not-found", `cannot write ${name}`);
      if (frac === 1) this.#files.set(name, before.slice(0, length));
    });
  }

  remove(name: string): Promise<void> {
    return this.#change("remove", name, (frac) => {
      if (frac === 1) this.#files.delete(name);
    });
  }

  #alive<T>(ask: () => T): Promise<T> {
    return this.#dead ? Promise.reject(new PowerCut()) : Promise.resolve(ask());
  }

  /** `apply(1)` = done as a whole. */
  async #change(what: string, name: string, apply: (frac: number) => void): Promise<void> {
    if (this.#dead) throw new PowerCut();
    if (this.full && what !== "remove" && what !== "truncate")
      throw new Fault("exhausted", `cannot write ${name}: the disk is full`);
    const frac = this.#plug({ name, what });
    apply(frac ?? 1);
    if (frac !== null) {
      this.#dead = true;
      throw new PowerCut();
    }
    this.done.push(`${what} ${name}`);
  }
}
