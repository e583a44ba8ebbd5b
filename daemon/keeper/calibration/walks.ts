/**
 * Walks: the reports of walk tests, kept until somebody deletes them.
 *
 * One file each, durable before it counts. There is room for so many; when it is used up a new one is
 * refused and none is dropped: a report may have been handed over with its number on it. A file that
 * cannot be read is left alone, takes its place, and says so when it is asked for.
 */
import type { z, ZodType } from "zod";
import { Fault } from "../../../hal/fault.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import { walkListSchema, walkSchema, type Walk } from "../../wire/api-calibration.ts";

export const mostWalks = 200;

const headSchema = walkListSchema.shape.walks.element;
export type WalkHead = z.output<typeof headSchema>;

export class Walks {
  readonly #files: Files;
  readonly #turns = new Turns();
  readonly #heads = new Map<string, WalkHead>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Newest first. A report never changes, so each is read once, one after the other: presses go in between. */
  async list(): Promise<WalkHead[]> {
    const ids = await this.#ids();
    for (const id of this.#heads.keys()) if (!ids.includes(id)) this.#heads.delete(id);
    for (const id of ids) {
      if (this.#heads.has(id)) continue;
      const head = await this.#read(id, headSchema).catch(() => null); // told when it is asked for
      if (head !== null) this.#heads.set(id, head);
    }
    return [...this.#heads.values()].sort((a, b) => b.fromWallMs - a.fromWallMs || (a.id < b.id ? 1 : -1));
  }

  /** Throws Fault `not-found`, `corrupt`. */
  async get(id: string): Promise<Walk> {
    const walk = await this.#read(id, walkSchema);
    if (walk === null) throw new Fault("not-found", `no walk ${id}`);
    return walk;
  }

  /** Throws Fault `exhausted` before anything is computed for a walk that could not be kept. */
  async checkRoom(): Promise<void> {
    if ((await this.#ids()).length < mostWalks) return;
    throw new Fault("exhausted", `there are ${mostWalks} walks already`, {
      hint: "delete one that is not needed",
    });
  }

  /** Durable when it resolves. */
  async add(walk: Walk): Promise<void> {
    await this.#turns.take(async () => {
      await this.checkRoom();
      await this.#files.write(fileOf(walk.id), new TextEncoder().encode(`${JSON.stringify(walk)}\n`));
    });
  }

  /** Throws Fault `not-found`. */
  async remove(id: string): Promise<void> {
    await this.#turns.take(async () => {
      if ((await this.#files.size(fileOf(id))) === null) throw new Fault("not-found", `no walk ${id}`);
      await this.#files.remove(fileOf(id));
    });
  }

  async #ids(): Promise<string[]> {
    return (await this.#files.list(".")).flatMap(
      (name) => /^([0-9a-z-]{8,40})\.json$/u.exec(name)?.[1] ?? [],
    );
  }

  async #read<T>(id: string, schema: ZodType<T>): Promise<T | null> {
    const bytes = await this.#files.read(fileOf(id));
    if (bytes === null) return null;
    try {
      return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (error) {
      throw new Fault("corrupt", `the report of walk ${id} is broken`, {
        hint: "take the walk again; the broken one can be deleted",
        cause: error,
      });
    }
  }
}

function fileOf(id: string): string {
  return `${id}.json`;
}
