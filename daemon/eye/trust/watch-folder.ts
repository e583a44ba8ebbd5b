/**
 * Watch folder: say when something in a folder may have changed.
 *
 * Watches the folder, not a file, because saving replaces the file; a poll every few seconds covers
 * file systems that tell nobody and folders that are not there yet. It may cry wolf: who hears it
 * reads again and compares.
 */
import { watch, type FSWatcher } from "node:fs";
import type { Clock } from "../../../hal/sensors.ts";

const pollMs = 5_000;

export interface FolderWatchOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** Is a file of this name of interest? */
  readonly concerns: (name: string) => boolean;
  readonly onStir: () => void;
}

/** Returns what ends it. */
export function watchFolder({ folder, clock, concerns, onStir }: FolderWatchOptions): () => void {
  let watcher = tryWatch();
  function tryWatch(): FSWatcher | null {
    try {
      const opened = watch(folder, (_, name) => {
        if (name === null || concerns(name)) onStir();
      });
      opened.on("error", () => {}); // the poll goes on
      return opened;
    } catch {
      return null; // no such folder yet, or no inotify
    }
  }
  const cancelPoll = clock.every(pollMs, () => {
    watcher ??= tryWatch();
    onStir();
  });
  return () => {
    cancelPoll();
    watcher?.close();
  };
}
