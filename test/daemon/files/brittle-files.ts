/**
 * Brittle files: `Files` in memory whose disk fills up and whose power fails, when a test says so.
 *
 * What is in `disk` is durable. A crash during a change leaves an append's first part, or nothing of a write;
 * after it every call throws, and `new BrittleFiles(crashed.disk)` is the same disk after a restart.
 *
 * A crash that is `kill` ends the process alone: what it had written is read by the next one (`afterKill`), and
 * is durable only when that one fsyncs the file; until then `afterPowerCut` has the file as it was.
 */
import type { Files } from "../../../daemon/files/files.ts";
import { Fault } from "../../../hal/fault.ts";

export class BrittleFiles implements Files {
  readonly disk: Map<string, Uint8Array>;
  /** Durable changes so far, in order: "append entries/000000.jsonl". */
  readonly changes: string[] = [];
  /** At the change with this number the power fails, and this part of an append is there. */
  crash: { readonly at: number; readonly partFrac: number; readonly kill?: boolean } | null = null;
  /** Bytes that still fit. */
  roomBytes = Infinity;
  #isDown = false;
  /** What the disk has where the page cache has more; null = no such file. */
  readonly #unsynced: Map<string, Uint8Array | null>;

  constructor(
    disk: ReadonlyMap<string, Uint8Array> = new Map(),
    unsynced: ReadonlyMap<string, Uint8Array | null> = new Map(),
  ) {
    this.disk = new Map(disk);
    this.#unsynced = new Map(unsynced);
  }

  /** What the next process finds. */
  afterKill(): BrittleFiles {
    return new BrittleFiles(this.disk, this.#unsynced);
  }

  /** What the next start of the machine finds. */
  afterPowerCut(): BrittleFiles {
    const durable = new Map(this.disk);
    for (const [name, bytes] of this.#unsynced) {
      if (bytes === null) durable.delete(name);
      else durable.set(name, bytes);
    }
    return new BrittleFiles(durable);
  }

  async read(name: string): Promise<Uint8Array | null> {
    await this.#up();
    return this.disk.get(name)?.slice() ?? null;
  }

  async readAt(name: string, offset: number, length: number): Promise<Uint8Array | null> {
    await this.#up();
    return this.disk.get(name)?.slice(offset, offset + length) ?? null;
  }

  async size(name: string): Promise<number | null> {
    await this.#up();
    return this.disk.get(name)?.length ?? null;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const old = this.disk.get(name)?.length ?? 0;
    await this.#change(name, {
      what: "write",
      act: () => this.disk.set(name, bytes.slice()),
      bytes: bytes.length,
      freed: old,
    });
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    const old = this.disk.get(name) ?? new Uint8Array(0);
    const put = (count: number): void => {
      const grown = new Uint8Array(old.length + count);
      grown.set(old);
      grown.set(bytes.subarray(0, count), old.length);
      this.disk.set(name, grown);
    };
    const part = (frac: number): void => put(Math.floor(bytes.length * frac));
    if (bytes.length > this.roomBytes) put(this.roomBytes);
    await this.#change(name, { what: "append", act: () => put(bytes.length), bytes: bytes.length, part });
  }

  async truncate(name: string, length: number): Promise<void> {
    const old = this.disk.get(name);
    if (old === undefined) throw new Fault("not-found", `cannot write ${name}`);
    const cut = new Uint8Array(length);
    cut.set(old.subarray(0, length));
    const freed = old.length - length;
    await this.#change(name, { what: "truncate", act: () => this.disk.set(name, cut), freed });
  }

  async sync(name: string): Promise<void> {
    await this.#up();
    this.#unsynced.delete(name);
  }

  async list(folder: string): Promise<string[]> {
    await this.#up();
    const names = [...this.disk.keys()].flatMap((name) => {
      const at = name.lastIndexOf("/");
      return name.slice(0, Math.max(0, at)) === folder ? [name.slice(at + 1)] : [];
    });
    return names.toSorted();
  }

  async remove(name: string): Promise<void> {
    const freed = this.disk.get(name)?.length ?? 0;
    await this.#change(name, { what: "remove", act: () => this.disk.delete(name), freed });
  }

  async #change(name: string, { what, act, bytes = 0, freed = 0, part }: Change): Promise<void> {
    await this.#up();
    if (bytes > this.roomBytes) {
      this.roomBytes = 0;
      throw new Fault("exhausted", "no space left on the disk");
    }
    if (this.crash?.at === this.changes.length) {
      if (this.crash.kill === true && !this.#unsynced.has(name))
        this.#unsynced.set(name, this.disk.get(name)?.slice() ?? null);
      part?.(this.crash.partFrac);
      this.#isDown = true;
      throw new Fault(
        "unavailable",
        this.crash.kill === true ? "the process was killed" : "the power failed",
      );
    }
    act();
    this.#unsynced.delete(name); // an fsync is of the whole file
    this.roomBytes += freed - bytes;
    this.changes.push(`${what} ${name}`);
  }

  async #up(): Promise<void> {
    await Promise.resolve();
    if (this.#isDown) throw new Fault("unavailable", "the power failed");
  }
}

interface Change {
  readonly what: string;
  readonly act: () => unknown;
  readonly bytes?: number;
  readonly freed?: number;
  /** For an append that is cut: so much of it. */
  readonly part?: (frac: number) => void;
}
