/**
 * Peer: whether the other process is there, since when, and how much memory it takes.
 */
import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { processSchema } from "../../wire/api-status.ts";

export type ProcessStatus = z.output<typeof processSchema>;

const pageBytes = 4_096;
/** The courier speaks every ten seconds, the eye every second. */
const silentMs = 30_000;

/** Resident memory of a process of this machine; 0 where /proc does not say. */
export function rssBytesOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1] ?? 0) * pageBytes;
  } catch {
    return 0; // it ended, or this is no Linux
  }
}

export interface Hello {
  readonly pid: number;
  readonly sill?: string | undefined;
}

export class Peer {
  readonly #name: ProcessStatus["name"];
  #sinceWallMs: number | null = null;
  #pid: number | null = null;
  #sill: string | null = null;
  #heardMonoMs: number | null = null;

  constructor(name: ProcessStatus["name"]) {
    this.#name = name;
  }

  get connected(): boolean {
    return this.#sinceWallMs !== null;
  }

  get status(): ProcessStatus {
    return {
      name: this.#name,
      connected: this.connected,
      sinceWallMs: this.#sinceWallMs,
      rssBytes: this.#pid === null ? 0 : rssBytesOf(this.#pid),
    };
  }

  /** It says how it is every few seconds: this is one. */
  heard(monoMs: number): void {
    this.#heardMonoMs = monoMs;
  }

  /** It is there and does not speak: it hangs, or was stopped. An ended process is not silent, it is gone. */
  isSilent(monoMs: number): boolean {
    return this.#heardMonoMs !== null && monoMs - this.#heardMonoMs > silentMs;
  }

  arrived(wallMs: number): void {
    this.#sinceWallMs = Math.round(wallMs);
    this.#pid = null;
    this.#sill = null;
  }

  /** Version of Sill that it said it is of; null = it did not, or is away. */
  get sill(): string | null {
    return this.#sill;
  }

  hello({ pid, sill }: Hello): void {
    this.#pid = pid;
    this.#sill = sill ?? null;
  }

  left(): void {
    this.#sinceWallMs = null;
    this.#heardMonoMs = null;
    this.#pid = null;
    this.#sill = null;
  }
}
