/**
 * House: lines as the running doorbell feels them, over its control socket.
 */
import { Fault, faultKinds, toFault } from "../../../hal/fault.ts";
import type { ControlLine, LineState } from "../../wire/control.ts";
import type { DataPaths } from "../../wire/paths.ts";
import { askHouse } from "../ask-house.ts";
import type { Felt, FeltLine } from "./felt.ts";

export interface HouseFeeling extends AsyncDisposable {
  readonly lines: readonly FeltLine[];
  /** Resolves when the house tells no more: with its Fault, or null when the command was done. */
  readonly over: Promise<Fault | null>;
}

export interface HouseWish {
  readonly names: readonly string[];
  readonly camera: boolean;
  /** 0 = none. */
  readonly picturesPerS: number;
}

const roles = ["button", "pir", "chime", "light"] as const;

/** Resolves once the house has said how its lines are. */
export async function feelHouse(
  paths: DataPaths,
  { names, camera, picturesPerS }: HouseWish,
  tell: (felt: Felt) => void,
): Promise<HouseFeeling> {
  const given = new AbortController();
  const first = Promise.withResolvers<void>();
  const states = new Map<string, LineState>();
  const onLine = (line: ControlLine): void => {
    if (line.type !== "line" || states.size === roles.length) return hear(line, names, tell);
    states.set(line.line, line);
    if (states.size === roles.length) first.resolve();
  };
  const ask = { ask: "lines", camera, ...(picturesPerS === 0 ? {} : { picturesPerS }) } as const;
  const over = askHouse(paths, ask, { onLine, signal: given.signal }).then(
    () => null,
    (error: unknown) => toFault(error),
  );
  await Promise.race([first.promise, over.then((fault) => fault !== null && Promise.reject(fault))]);
  const lines = names.flatMap((name) => {
    const state = states.get(name);
    return state === undefined ? [] : [lineOf(state)];
  });
  return {
    lines,
    over,
    async [Symbol.asyncDispose]() {
      given.abort();
      await over;
    },
  };
}

function lineOf(state: LineState): FeltLine {
  const { line, driver, debounceMs, wire, active, bounces, name } = state;
  if (driver === "none" || driver === "speaker")
    throw new Fault(
      "not-found",
      `the running doorbell has no line for ${line}: ${line}.driver is ${driver}`,
      {
        hint: `choose other lines, or set ${line}.driver`,
      },
    );
  return { line, role: line, driver, ...wire, debounceMs, raw: bounces, active, name, holder: "house" };
}

function hear(line: ControlLine, names: readonly string[], tell: (felt: Felt) => void): void {
  if (line.type === "dropped") return tell({ type: "left", count: line.count });
  if (line.type === "camera") return tell({ ...line, ns: BigInt(line.ns) });
  if (line.type === "frames") {
    for (const frame of line.frames) tell({ type: "frame", ...frame, ns: BigInt(frame.ns) });
    return;
  }
  if (line.type === "picture") {
    const { sequence, ns, age } = line;
    return tell({ type: "picture", ns: BigInt(ns), sequence, sealed: Buffer.from(age, "base64") });
  }
  if (!("line" in line) || !names.includes(line.line)) return;
  switch (line.type) {
    case "line":
      if (line.state === "ok") tell({ type: "opened", line: line.line, active: line.active });
      return;
    case "lost": {
      const kind = faultKinds.find((known) => known === line.kind) ?? "unavailable";
      return tell({ type: "lost", line: line.line, fault: new Fault(kind, line.message) });
    }
    case "missed":
      return tell({ type: "missed", line: line.line, count: line.count });
    case "moved": {
      const { active, monoMs, wallMs, ns, kernel, what, light } = line;
      if (what === "driven")
        return tell({ type: "output", line: line.line, active, ...(light === undefined ? {} : { light }) });
      const stamp = kernel ? { kernelNs: BigInt(ns) } : { processNs: BigInt(ns) };
      const type = what === "bounce" ? "edge" : "outcome";
      tell({ type, line: line.line, edge: { active, monoMs, wallMs, ...stamp } });
    }
  }
}
