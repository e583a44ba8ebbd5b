/**
 * Colours of the band: the page's own (look/tokens.css), read for the canvas, which knows no custom properties.
 */
const names = {
  ground: "--surface",
  line: "--line",
  ink: "--ink",
  soft: "--ink-soft",
  night: "--band-night",
  bar: "--accent",
  ring: "--ring",
  parcel: "--sign-parcel",
  person: "--sign-person",
  animal: "--sign-animal",
  vehicle: "--sign-vehicle",
  motion: "--sign-motion",
  gap: "--wrong",
  gapGround: "--wrong-soft",
  head: "--ink",
  future: "--sunken",
} as const;

export type Colours = Readonly<Record<keyof typeof names, string>> & { readonly font: string };

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = Object.entries(names).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return { ...(Object.fromEntries(read) as Record<keyof typeof names, string>), font: style.fontFamily };
}
