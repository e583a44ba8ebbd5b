/**
 * Step: runs the programs of a preparation, all under one time limit, with one log.
 *
 * A program that fails or is not done in time is a Fault with the name of its step and the end of
 * what it printed; its children are ended with it.
 */
import { spawn } from "node:child_process";
import { accessSync, appendFileSync, constants, existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Fault } from "../../../hal/fault.ts";

export interface Step {
  readonly leftMs: () => number;
  /** What a program printed; "" when it failed or is not there. */
  ask(program: string, args: readonly string[]): Promise<string>;
  run(name: string, command: readonly string[], cwd: string): Promise<void>;
  /** Packages of programs that are not there. */
  missing(tools: Readonly<Record<string, string>>): Promise<string[]>;
}

const toldLines = 12;

export function startSteps(log: string, limitMs: number): Step {
  const endMs = performance.now() + limitMs;
  const leftMs = (): number => endMs - performance.now();
  writeFileSync(log, "");
  return {
    leftMs,
    async ask(program, args) {
      const { code, said } = await runFor([program, ...args], "/", leftMs());
      return code === 0 ? said : "";
    },
    async run(name, command, cwd) {
      const { code, said } = await runFor(command, cwd, leftMs());
      appendFileSync(log, `--- ${command.join(" ")}\n${said}`);
      if (code === "late") {
        throw new Fault("timeout", `cannot ${name}: not done within ${Math.round(limitMs / 1_000)} s`, {
          hint: "a faster machine, or more time: --prepare-limit",
        });
      }
      if (code === 0) return;
      const end = said.trimEnd().split("\n").slice(-toldLines).join("\n");
      throw new Fault("unavailable", `cannot ${name}: ${command[0]} ended with ${code}\n${end}`, {
        hint: `all of it: ${log}`,
      });
    },
    async missing(tools) {
      return Object.entries(tools)
        .filter(([tool]) => !isThere(tool))
        .map(([, name]) => name);
    },
  };
}

/** A program of PATH, or a file by its whole path. */
function isThere(tool: string): boolean {
  if (tool.startsWith("/")) return existsSync(tool);
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

interface Ran {
  readonly code: number | string;
  readonly said: string;
}

async function runFor(command: readonly string[], cwd: string, forMs: number): Promise<Ran> {
  const [program = "", ...args] = command;
  // In a process group of its own, so that what it started ends with it.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" };
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let late = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const endGroup = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  const timer = setTimeout(
    () => {
      late = true;
      endGroup();
    },
    Math.max(0, forMs),
  );
  process.once("exit", endGroup);
  return new Promise<Ran>((resolve) => {
    child.once("error", (error) => resolve({ code: error.message, said }));
    child.once("close", (code, signal) =>
      resolve({ code: late ? "late" : (code ?? signal ?? "nothing"), said }),
    );
  }).finally(() => {
    clearTimeout(timer);
    process.off("exit", endGroup);
  });
}
