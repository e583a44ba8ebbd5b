/**
 * Source options: what a source is asked for, and what becomes of it. Types only.
 */
import type { Turn } from "../view.ts";

export interface SourceOptions {
  readonly source: string;
  /** The source is a path, whatever it looks like. */
  readonly file?: boolean;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Of a V4L2 camera only this pixel format, as GStreamer names it, e.g. "NV12"; any when absent. */
  readonly format?: string;
  /** Turns every picture clockwise by this many degrees; 0 when absent. */
  readonly rotate?: Turn;
  /** Its pictures have samples from 0 to 255 (range.ts). */
  readonly fullRange?: boolean;
  /** Wider or higher pictures never get into memory. */
  readonly maxSidePx: number;
}

export interface Source {
  readonly name: string;
  readonly live: boolean;
  /** An end of stream is the end; otherwise it means that the camera hung up. */
  readonly finite: boolean;
  /** What the description takes its pictures for. */
  readonly fullRange: boolean;
  readonly description: string;
  /** Properties of the element named `source`, kept out of the description. */
  readonly properties: Readonly<Record<string, string>>;
  /** File or device that has to be there. */
  readonly path?: string;
  /** A pipeline that stops short of decoding: its sample tells the size that the file announces. */
  readonly announce?: string;
}

/** What one kind of source knows of itself. */
export type Described = Omit<Source, "fullRange">;
