/**
 * Heat: what motion made of one picture, as a binary frame, while somebody looks on.
 *
 * byte 0 = 16, bytes 1..8 ptsUs and 9..16 wall time of the picture in ms (big-endian, as in live.ts),
 * byte 17 light (index in `lights`), 18 columns, 19 rows, then columns x rows levels (what fires,
 * daemon/sight/levels.ts) and as many again of what stirs beside the background, proven or not.
 * The same bytes go eye -> keeper (unix socket) and keeper -> page (`/api/heat`).
 */
import { Fault } from "../../hal/fault.ts";
import { lights, type Light } from "../sight/zones.ts";

export const heatHeaderBytes = 20;
export const heatByte = 16;
/** A grid has at most 1,296 cells, and at most 1,296 of them in a row: narrow pictures have one row. */
const mostCells = 1_296;

export interface HeatUnit {
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly light: Light;
  readonly cols: number;
  readonly rows: number;
  /** Level per cell that has proved itself: what verdicts are made of. */
  readonly levels: Uint8Array;
  /** Level per cell of change and stir right now. */
  readonly stirring: Uint8Array;
}

export function isHeat(bytes: Uint8Array): boolean {
  return bytes[0] === heatByte;
}

export function encodeHeat({ ptsUs, wallMs, light, cols, rows, levels, stirring }: HeatUnit): Uint8Array {
  const cells = cols * rows;
  const bytes = new Uint8Array(heatHeaderBytes + 2 * cells);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, heatByte);
  view.setBigUint64(1, BigInt(Math.round(ptsUs)));
  view.setBigUint64(9, BigInt(Math.round(wallMs)));
  view.setUint8(17, lights.indexOf(light));
  view.setUint8(18, cols);
  view.setUint8(19, rows);
  bytes.set(levels.subarray(0, cells), heatHeaderBytes);
  bytes.set(stirring.subarray(0, cells), heatHeaderBytes + cells);
  return bytes;
}

/** Throws Fault `invalid` for anything that is not heat; the levels are views. */
export function decodeHeat(bytes: Uint8Array): HeatUnit {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < heatHeaderBytes || !isHeat(bytes)) throw new Fault("invalid", "this is no heat");
  const [cols, rows] = [view.getUint8(18), view.getUint8(19)];
  const light = lights[view.getUint8(17)];
  const cells = cols * rows;
  if (light === undefined || cells === 0 || cells > mostCells || bytes.length !== heatHeaderBytes + 2 * cells)
    throw new Fault("invalid", `heat of ${cols} x ${rows} cells has ${bytes.length} bytes`);
  return {
    ptsUs: Number(view.getBigUint64(1)),
    wallMs: Number(view.getBigUint64(9)),
    light,
    cols,
    rows,
    levels: bytes.subarray(heatHeaderBytes, heatHeaderBytes + cells),
    stirring: bytes.subarray(heatHeaderBytes + cells),
  };
}
