/**
 * OpenCV: background subtraction (MOG2, KNN) and frame differencing by the usual recipes (opencv.py).
 */
import { join } from "node:path";
import type { Watcher } from "../watcher.ts";
import { frameMsIn, watchingChild } from "./child.ts";

export const python = "/usr/bin/python3";
const script = join(import.meta.dirname, "opencv.py");

export const opencvMethods = ["mog2", "knn", "diff", "average"] as const;

export function opencvWatcher(method: (typeof opencvMethods)[number]): Watcher {
  return {
    name: method,
    inProcess: false,
    blobs: true,
    open: ({ width, height }) =>
      watchingChild({
        name: method,
        command: [python, script, method, String(width), String(height)],
        framesIn: 0,
        answersOut: 1,
        parse: (answers) => ({
          evidence: answers
            .split("\n")
            .filter((line) => /^[\d.]/.test(line))
            .map(Number),
          frameMs: frameMsIn(answers),
        }),
      }),
  };
}
