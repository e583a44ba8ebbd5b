/**
 * Paint: the band on a canvas, once a frame while it moves.
 *
 * From back to front: night, what has not happened yet, gaps with their reason, the scale, recordings, what moved,
 * rings, the playhead. Only what is in view is looked at. What moved stands on a stem that is taller where there
 * is more, with the shape and colour of what matters most of it.
 */
import { clockTime, exactTime, shortDay } from "../look/format.ts";
import { words } from "../words.ts";
import { clustersOf } from "./clusters.ts";
import type { Colours } from "./colours.ts";
import { recordingEndMs } from "./moment.ts";
import { between } from "./sorted.ts";
import type { Known } from "./state.ts";
import { shapes, shapeSize } from "./shapes.ts";
import type { Sign } from "../events/signs.ts";
import { stretchesOf, type Span } from "./stretches.ts";
import { stepFor, ticksOf } from "./ticks.ts";
import { endOf, headFrac, hourMs, minuteMs, pxOf, startOf, type Bounds, type View } from "./view.ts";

export interface Scene {
  readonly view: View;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly known: Known;
  readonly bounds: Bounds;
  readonly nights: readonly Span[];
  readonly colours: Colours;
}

const scalePx = 26;
const barPx = 22;
const stemPx = 9;
const clusterPx = shapeSize + 1;
/** Where what moved stands, and below it the rings. */
const groundPx = scalePx + 8 + barPx + 6 + shapeSize + stemPx;

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { widthPx, heightPx, colours } = scene;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, widthPx, heightPx);
  const before = pxOf(scene.view, widthPx, scene.bounds.oldestMs);
  paintNights(context, scene);
  paintEdge(context, scene, Math.min(before, widthPx));
  paintGaps(context, scene);
  paintScale(context, scene);
  paintRecordings(context, scene);
  paintEvents(context, scene);
  paintHead(context, scene);
}

function paintNights(
  context: CanvasRenderingContext2D,
  { view, widthPx, heightPx, nights, colours }: Scene,
): void {
  context.fillStyle = colours.night;
  for (const { px, endPx } of stretchesOf(nights, view, { widthPx, leastPx: 0 }))
    context.fillRect(px, 0, endPx - px, heightPx);
}

/** Before the oldest and after now there is nothing. */
function paintEdge(context: CanvasRenderingContext2D, scene: Scene, beforePx: number): void {
  const { view, widthPx, heightPx, bounds, colours } = scene;
  context.fillStyle = colours.future;
  if (beforePx > 0) context.fillRect(0, scalePx, beforePx, heightPx - scalePx);
  const nowPx = Math.max(0, pxOf(view, widthPx, bounds.nowMs));
  if (nowPx < widthPx) context.fillRect(nowPx, scalePx, widthPx - nowPx, heightPx - scalePx);
}

function paintGaps(
  context: CanvasRenderingContext2D,
  { view, widthPx, heightPx, known, bounds, colours }: Scene,
): void {
  for (const { reason, startWallMs, endWallMs } of known.gaps) {
    const span = { startWallMs, endWallMs: endWallMs ?? bounds.nowMs };
    for (const { px, endPx } of stretchesOf([span], view, { widthPx, leastPx: 2 })) {
      const top = scalePx;
      context.fillStyle = colours.gapGround;
      context.fillRect(px, top, endPx - px, heightPx - top);
      hatch(context, { px, endPx, top, heightPx }, colours.gap);
      const text = words.timeline.gapsShort[reason];
      context.font = `600 11px ${colours.font}`;
      const textPx = context.measureText(text).width;
      if (textPx + 12 > endPx - px) continue;
      context.fillStyle = colours.gapGround;
      context.fillRect(px + 4, heightPx - 20, textPx + 8, 16);
      context.fillStyle = colours.gap;
      context.textAlign = "left";
      context.fillText(text, px + 8, heightPx - 8);
    }
  }
}

interface Box {
  readonly px: number;
  readonly endPx: number;
  readonly top: number;
  readonly heightPx: number;
}

/** Lines as well as a colour: nobody has to tell red from grey. */
function hatch(context: CanvasRenderingContext2D, { px, endPx, top, heightPx }: Box, colour: string): void {
  context.save();
  context.beginPath();
  context.rect(px, top, endPx - px, heightPx - top);
  context.clip();
  context.beginPath();
  const height = heightPx - top;
  for (let x = px - height - (px % 8); x < endPx; x += 8) {
    context.moveTo(x, heightPx);
    context.lineTo(x + height, top);
  }
  context.strokeStyle = colour;
  context.globalAlpha = 0.35;
  context.lineWidth = 1;
  context.stroke();
  context.restore();
}

function paintScale(context: CanvasRenderingContext2D, { view, widthPx, heightPx, colours }: Scene): void {
  const fine = stepFor(view, widthPx, 64) < minuteMs;
  context.textAlign = "center";
  for (const { timeMs, isDay } of ticksOf(view, widthPx)) {
    const x = Math.round(pxOf(view, widthPx, timeMs)) + 0.5;
    context.strokeStyle = colours.line;
    context.lineWidth = isDay ? 2 : 1;
    context.beginPath();
    context.moveTo(x, scalePx - 6);
    context.lineTo(x, heightPx);
    context.stroke();
    context.fillStyle = isDay ? colours.ink : colours.soft;
    context.font = `${isDay ? 650 : 450} 11.5px ${colours.font}`;
    context.fillText(isDay ? shortDay(timeMs) : (fine ? exactTime : clockTime)(timeMs), x, 15);
  }
}

function paintRecordings(context: CanvasRenderingContext2D, { view, widthPx, known, colours }: Scene): void {
  const near = between(known.bars, startOf(view) - hourMs, endOf(view));
  const spans = near.map((bar) => ({ startWallMs: bar.startWallMs, endWallMs: recordingEndMs(bar) }));
  context.fillStyle = colours.bar;
  for (const { px, endPx } of stretchesOf(spans, view, { widthPx, leastPx: 2 })) {
    context.beginPath();
    context.roundRect(px, scalePx + 8, endPx - px, barPx, Math.min(4, (endPx - px) / 2));
    context.fill();
  }
}

function paintEvents(context: CanvasRenderingContext2D, { view, widthPx, known, colours }: Scene): void {
  for (const cluster of clustersOf(known.shown, view, { widthPx, gapPx: clusterPx })) {
    // where the first is: the next is a whole mark away
    const { px, rings, motions, sign } = cluster;
    if (motions > 0) {
      const height = Math.min(stemPx, 3 * Math.log2(motions));
      context.fillStyle = colours.motion;
      context.fillRect(Math.round(px) - 1.5, groundPx - height, 3, height);
      shape(context, { sign, px, top: groundPx - height - shapeSize }, colours);
    }
    if (rings === 0) continue;
    shape(context, { sign: "ring", px, top: groundPx + 2 }, colours);
    if (rings === 1) continue;
    context.fillStyle = colours.ground;
    context.font = `700 9px ${colours.font}`;
    context.textAlign = "center";
    context.fillText(String(Math.min(rings, 99)), px, groundPx + 12.3);
  }
}

interface Place {
  readonly sign: Sign;
  /** Its middle. */
  readonly px: number;
  readonly top: number;
}

function shape(context: CanvasRenderingContext2D, { sign, px, top }: Place, colours: Colours): void {
  context.save();
  context.translate(Math.round(px) - shapeSize / 2, top);
  context.fillStyle = colours[sign];
  context.fill(pathOf(sign));
  context.restore();
}

const paths = new Map<Sign, Path2D>();

function pathOf(sign: Sign): Path2D {
  const path = paths.get(sign) ?? new Path2D(shapes[sign]);
  paths.set(sign, path);
  return path;
}

function paintHead(context: CanvasRenderingContext2D, { widthPx, heightPx, colours }: Scene): void {
  const x = Math.round(widthPx * headFrac);
  context.fillStyle = colours.head;
  context.fillRect(x - 1, scalePx - 4, 2, heightPx - scalePx + 4);
  context.beginPath();
  context.moveTo(x - 6, scalePx - 6);
  context.lineTo(x + 6, scalePx - 6);
  context.lineTo(x, scalePx + 2);
  context.fill();
}
