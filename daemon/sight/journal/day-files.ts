/**
 * Day files: the journal's files, one per UTC day, oldest first.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { toFault } from "../../../hal/fault.ts";

export interface DayFile {
  /** "2026-01-31" */
  readonly day: string;
  readonly path: string;
  readonly bytes: number;
}

const name = /^(\d{4}-\d\d-\d\d)\.sight$/u;

export function dayFileOf(day: string): string {
  return `${day}.sight`;
}

/** Empty when there is no folder. */
export async function dayFiles(folder: string): Promise<DayFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const fault = toFault(error, "cannot list the motion journal");
    if (fault.kind === "not-found") return [];
    throw fault;
  });
  const days = names.flatMap((each) => name.exec(each)?.[1] ?? []).toSorted();
  const files = await Promise.all(
    days.map(async (day) => {
      const path = join(folder, dayFileOf(day));
      const about = await stat(path).catch(() => null); // deleted meanwhile
      return about === null ? [] : [{ day, path, bytes: about.size }];
    }),
  );
  return files.flat();
}
