/**
 * Brittle files: `Files` in memory whose disk fills up and whose power fails, when a test says so.
 *
 * What is in `disk` is durable. A crash during a change leaves an append's first part, or nothing of a write;
 * after it every call throws, and `new BrittleFiles(crashed.disk)` is the same disk after a restart.
 */
import type { Files } from "../../../daemon/files/files.ts";
import { Fault } from "../../../hal/fault.ts";

export class BrittleFiles implements Files {
  readonly disk: Map<string, Uint8Array>;
  /** Durable changes so far, in order: "append entries/000000.jsonl". */
  readonly changes: string[] = [];
  /** At the change with this number the power fails, and this part of an append is there. */
  crash: { readonly at: number; readonly partFrac: number } | null = null;
  /** Bytes that still fit. */
  roomBytes = Infinity;
  #isDown = false;

  constructor(disk: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.disk = new Map(disk);
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
    await this.#change(`write ${name}`, () => this.disk.set(name, bytes.slice()), {
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
    await this.#change(`append ${name}`, () => put(bytes.length), { bytes: bytes.length, part });
  }

  async truncate(name: string, length: number): Promise<void> {
    const old = this.disk.get(name);
    if (old === undefined) throw new Fault("not-found", `cannot write ${name}`);
    const cut = new Uint8Array(length);
    cut.set(old.subarray(0, length));
    await this.#change(`truncate ${name}`, () => this.disk.set(name, cut), { freed: old.length - length });
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
    await this.#change(`remove ${name}`, () => this.disk.delete(name), { freed });
  }

  async #change(
    what: string,
    act: () => unknown,
    { bytes = 0, freed = 0, part }: { bytes?: number; freed?: number; part?: (frac: number) => void },
  ): Promise<void> {
    await this.#up();
    if (bytes > this.roomBytes) {
      this.roomBytes = 0;
      throw new Fault("exhausted", "no space left on the disk");
    }
    if (this.crash?.at === this.changes.length) {
      part?.(this.crash.partFrac);
      this.#isDown = true;
      throw new Fault("unavailable", "the power failed");
    }
    act();
    this.roomBytes += freed - bytes;
    this.changes.push(what);
  }

  async #up(): Promise<void> {
    await Promise.resolve();
    if (this.#isDown) throw new Fault("unavailable", "the power failed");
  }
}
