/**
 * QR: an address as a drawing that a phone's camera reads.
 *
 * Error correction M (15 % may be scratched), a quiet zone of 4 modules as ISO/IEC 18004 wants it,
 * black on white whatever the theme: readers need it so. One path, so that printers leave no seams.
 */
import { encode } from "uqr";
import { html, type Html } from "./html.ts";

const quietModules = 4;

/** `label` is read aloud instead of the drawing. */
export function qrDrawing(address: string, label: string): Html {
  const { data, size } = encode(address, { ecc: "M", border: quietModules });
  const path = data.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <path fill="#fff" d="M0 0h${size}v${size}H0z" />
    <path fill="#000" d="${path.join("")}" />
  </svg>`;
}

/** Dark runs of a row, as [start, length]. */
function runsOf(row: readonly boolean[]): [x: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
