/**
 * Drawing: the masked field of view, made from the policy's polygons alone. No picture.
 *
 * Light = what is seen, dark = what is destroyed, as in the camera; no line drawn = all dark.
 * Corners are rounded to 1/500 of the width and repeated ones left out: enough for a sign, and it
 * keeps the page small whatever the policy. Colours are its own, so that paper and themes agree.
 */
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import type { MaskShape } from "../../policy/shape.ts";
import { html, type Html } from "./html.ts";

const unitsWide = 500;

/** `label` is read aloud instead of the drawing. */
export function viewDrawing(shape: MaskShape | null, picture: FrameGeometry, label: string): Html {
  const heightUnits = Math.max(1, Math.round((unitsWide * picture.height) / picture.width));
  const pathOf = (polygon: Polygon): string => outline(polygon, heightUnits);
  const zones = shape?.privacyZones.map(pathOf).join("") ?? "";
  return html`<svg class="view" viewBox="0 0 ${unitsWide} ${heightUnits}" role="img" aria-label="${label}">
    <defs>
      <pattern
        id="destroyed"
        width="12"
        height="12"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path fill="#23292b" d="M0 0h12v12H0z" />
        <path fill="#3d4649" d="M0 0h3v12H0z" />
      </pattern>
    </defs>
    <path fill="url(#destroyed)" d="M0 0h${unitsWide}v${heightUnits}H0z" />
    ${shape === null ? null : html`<path fill="#fff4dc" stroke="#c8741a" stroke-width="5" stroke-linejoin="round" d="${pathOf(shape.propertyLine)}" />`}
    ${zones === "" ? null : html`<path fill="url(#destroyed)" stroke="#c8741a" stroke-width="3" stroke-linejoin="round" d="${zones}" />`}
  </svg>`;
}

/** One of the two looks of the drawing, for its legend. */
export function swatch(look: "seen" | "destroyed"): Html {
  const fill = look === "seen" ? "#fff4dc" : "#23292b";
  return html`<svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">
    <path fill="${fill}" stroke="#c8741a" stroke-width="2" d="M1 1h18v18H1z" />
  </svg>`;
}

function outline(polygon: Polygon, heightUnits: number): string {
  const corners = polygon.map(([x, y]) => `${Math.round(x * unitsWide)} ${Math.round(y * heightUnits)}`);
  const different = corners.filter((corner, i) => corner !== corners[i - 1]);
  return `M${different.join("L")}z`;
}
