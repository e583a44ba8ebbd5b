/**
 * Tone: from colour and light to luma and chroma, in whole numbers and tables.
 *
 * Colours are kept in the picture's gamma (a square root), so colour times the root of the light
 * is the result. Highlights bend softly below white instead of clipping.
 */
import { clamp } from "./math.ts";
import { blackLuma, whiteLuma } from "./canvas.ts";
import type { Rgb } from "./light.ts";

/** Linear light 1.0 in whole numbers. */
export const lightOne = 1024;
const rootSize = 4096;

/** Root of a linear light, times 256. */
export const rootOf = new Uint16Array(rootSize);
for (let i = 0; i < rootSize; i += 1) rootOf[i] = Math.round(Math.sqrt(i / lightOne) * 256);

/** Picture brightness (255 = white at light 1) to luma of the canvas. */
export const lumaOf = new Uint8Array(1024);
for (let i = 0; i < 1024; i += 1) {
  const x = i / 255;
  const knee = 0.72;
  const bent = x <= knee ? x : knee + (1 - knee) * ((x - knee) / (x - knee + (1 - knee)));
  lumaOf[i] = Math.round(blackLuma + bent * (whiteLuma - blackLuma));
}

export function whole(colour: Rgb): Rgb {
  return [
    Math.round(clamp(colour[0], 0, 3.5) * lightOne),
    Math.round(clamp(colour[1], 0, 3.5) * lightOne),
    Math.round(clamp(colour[2], 0, 3.5) * lightOne),
  ];
}

export function lumaWeight(colour: Rgb): number {
  return Math.round(colour[0] * 0.299 + colour[1] * 0.587 + colour[2] * 0.114);
}

export interface Ink {
  /** Brightness 0..1023 before the tone curve. */
  readonly bright: number;
  readonly u: number;
  readonly v: number;
}

/** The look of a colour (0..255) under a light (linear, 1 = full). */
export function inkOf(colour: Rgb, light: Rgb): Ink {
  const r = Math.min(330, colour[0] * Math.sqrt(light[0]));
  const g = Math.min(330, colour[1] * Math.sqrt(light[1]));
  const b = Math.min(330, colour[2] * Math.sqrt(light[2]));
  return {
    bright: clamp(Math.round(r * 0.299 + g * 0.587 + b * 0.114), 0, 1023),
    u: chroma(-0.169 * r - 0.331 * g + 0.5 * b),
    v: chroma(0.5 * r - 0.419 * g - 0.081 * b),
  };
}

function chroma(x: number): number {
  return clamp(Math.round(128 + x * 0.88), 16, 240);
}
