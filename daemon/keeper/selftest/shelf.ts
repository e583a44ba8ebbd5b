/**
 * Shelf: the reports of past self-tests, each with the sealed picture of its run.
 *
 * The newest `mostReports` are kept; an older one goes when a new one has become durable. A report is listed when it
 * is durable, and not before: then the run that made it is over, and the next one can begin. A report that cannot
 * be read (of a version to come, or broken) is left alone and not listed, and goes in its turn.
 */
import { Fault } from "../../../hal/fault.ts";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import { selftestReportSchema, type SelftestReport } from "../../wire/selftest.ts";

export const mostReports = 20;

const idPattern = /^[0-9a-z-]{8,40}$/u;

export class SelftestShelf {
  readonly #folder: string;
  readonly #files: Files;
  readonly #turns = new Turns();

  /** `files` are those of `folder`. */
  constructor(folder: string, files: Files) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Newest first, those that are durable: what is being kept is waited for. */
  async list(): Promise<SelftestReport[]> {
    const reports = await this.#turns.take(async () =>
      Promise.all((await this.#ids()).map((id) => this.#read(id).catch(() => null))),
    );
    return reports.filter((each) => each !== null).toReversed();
  }

  /** Throws Fault `not-found`, `corrupt`. */
  async get(id: string): Promise<SelftestReport> {
    const report = await this.#read(id);
    if (report === null) throw new Fault("not-found", `no self-test ${id}`);
    return report;
  }

  /** The age file. Throws Fault `not-found`. */
  async picture(id: string): Promise<Uint8Array> {
    const bytes = await this.#files.read(pictureOf(id));
    if (bytes === null) throw new Fault("not-found", `the self-test ${id} has no picture`);
    return bytes;
  }

  /** Durable when it resolves; then the oldest go. */
  async keep(report: SelftestReport, picture: Uint8Array | null): Promise<void> {
    await this.#turns.take(async () => {
      if (picture !== null) await this.#files.write(pictureOf(report.id), picture);
      await this.#files.write(reportOf(report.id), new TextEncoder().encode(`${JSON.stringify(report)}\n`));
      const ids = await this.#ids();
      for (const id of ids.slice(0, Math.max(0, ids.length - mostReports))) await this.#drop(id);
    });
  }

  /** Throws Fault `not-found`. */
  async remove(id: string): Promise<void> {
    await this.#turns.take(async () => {
      if (!(await this.#ids()).includes(id)) throw new Fault("not-found", `no self-test ${id}`);
      await this.#drop(id);
    });
  }

  async #drop(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  /** Oldest first: an id begins with its time. */
  async #ids(): Promise<string[]> {
    return (await this.#files.list(".")).filter((name) => idPattern.test(name));
  }

  async #read(id: string): Promise<SelftestReport | null> {
    const bytes = await this.#files.read(reportOf(id));
    if (bytes === null) return null;
    try {
      return selftestReportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (error) {
      throw new Fault("corrupt", `the report of self-test ${id} cannot be read`, {
        hint: "it is broken, or of another version of Sill; run the test again",
        cause: error,
      });
    }
  }
}

function reportOf(id: string): string {
  return `${id}/report.json`;
}

function pictureOf(id: string): string {
  return `${id}/picture.jpg.age`;
}
