/**
 * PlaceGrid: a place shown twice, drawn from its two numbers alone: in the lines of the whole world, where a
 * wrong hemisphere is seen, and in squares of 100 m around the house.
 *
 * No map: its tiles would tell whoever serves them where the house is.
 */
import type { Place } from "../../daemon/consent/common.ts";
import { limits } from "../../daemon/consent/limits.ts";
import { words } from "../words.ts";

const { place: say } = words;

export function PlaceGrid({ place }: { readonly place: Place }) {
  const lat = place.lat < 0 ? say.south : say.north;
  const lon = place.lon < 0 ? say.west : say.east;
  return (
    <div class="grids">
      <figure>
        <World place={place} label={say.world(say.half(lat, lon))} />
        <figcaption>
          {say.worldTitle}: {say.half(lat, lon)}
        </figcaption>
      </figure>
      <figure>
        <Near />
        <figcaption>{say.nearTitle}</figcaption>
      </figure>
    </div>
  );
}

const meridians = [-150, -120, -90, -60, -30, 30, 60, 90, 120, 150];
const parallels = [-60, -30, 30, 60];

/** One unit a degree, north up. */
function World({ place, label }: { readonly place: Place; readonly label: string }) {
  return (
    <svg class="grid" viewBox="-182 -92 364 184" role="img" aria-label={label}>
      <rect class="grid-ground" x="-180" y="-90" width="360" height="180" rx="4" />
      <path
        class="grid-line"
        d={[...meridians.map((x) => `M${x} -90v180`), ...parallels.map((y) => `M-180 ${y}h360`)].join("")}
      />
      <path class="grid-axis" d="M0 -90v180M-180 0h360" />
      <text class="grid-word" x="-174" y="-5">
        {say.equator}
      </text>
      <text class="grid-word" x="5" y="84">
        {say.greenwich}
      </text>
      <g transform={`translate(${place.lon.toFixed(2)} ${(-place.lat).toFixed(2)})`}>
        <circle class="house-halo" r="9" />
        <circle class="house-dot" r="5" />
      </g>
    </svg>
  );
}

/** One unit two metres: nine squares of 100 m across and the floor of a request's radius. */
function Near() {
  const steps = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((step) => step * 50);
  const radius = limits.minRadiusM / 2;
  return (
    <svg class="grid" viewBox="-182 -92 364 184" role="img" aria-label={say.near(say.cell)}>
      <rect class="grid-ground" x="-180" y="-90" width="360" height="180" rx="4" />
      <path
        class="grid-line"
        d={[
          ...steps.filter((x) => Math.abs(x) < 180).map((x) => `M${x} -90v180`),
          ...steps.filter((y) => Math.abs(y) < 90).map((y) => `M-180 ${y}h360`),
        ].join("")}
      />
      <circle class="plan-area" r={radius} />
      <circle class="house-halo" r="9" />
      <circle class="house-dot" r="5" />
      <text class="grid-word" x="10" y="-6">
        {say.house}
      </text>
      <text class="grid-word" x={radius + 4} y="16">
        {say.smallest}
      </text>
      <path class="plan-scale" d="M-165 70v6h50v-6" />
      <text class="grid-word" x="-140" y="66" text-anchor="middle">
        {say.cell}
      </text>
    </svg>
  );
}
