/**
 * Pictogram: a doorbell with an eye, whose sight ends at a line. Drawn for Sill; understood without words.
 */
import { html, type Html } from "./html.ts";

export const pictogram: Html = html`<svg class="pictogram" viewBox="0 0 120 120" aria-hidden="true">
  <rect width="120" height="120" rx="16" fill="#f6c342" />
  <rect x="4" y="4" width="112" height="112" rx="12" fill="none" stroke="#1d2320" stroke-width="4" />
  <path fill="#fff" d="M44 43L92 22v60z" />
  <path fill="none" stroke="#1d2320" stroke-width="3" stroke-dasharray="5 4" d="M44 43L92 22M44 43L92 82" />
  <rect x="20" y="18" width="36" height="84" rx="13" fill="#1d2320" />
  <circle cx="38" cy="43" r="12" fill="#fff" />
  <circle cx="38" cy="43" r="6" fill="#1d2320" />
  <circle cx="38" cy="80" r="9" fill="none" stroke="#fff" stroke-width="3" />
  <path stroke="#a02c1b" stroke-width="7" stroke-linecap="round" d="M92 17v86" />
</svg>`;
