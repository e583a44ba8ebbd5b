/**
 * PlaceBeside: puts what floats over the page below its button, or above it where there is no room, whole in the window.
 */
const edgePx = 8;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pure: its left and top, in pixels of the window. */
export function placeOf(
  anchor: Pick<DOMRect, "left" | "top" | "bottom">,
  size: Size,
  room: Size,
): { readonly left: number; readonly top: number } {
  const below = anchor.bottom + edgePx / 2;
  const above = anchor.top - edgePx / 2 - size.height;
  const top = below + size.height + edgePx <= room.height || above < edgePx ? below : above;
  const within = (at: number, length: number, all: number): number =>
    Math.max(edgePx, Math.min(at, all - length - edgePx));
  return { left: within(anchor.left, size.width, room.width), top: within(top, size.height, room.height) };
}

/** Told to CSS as --left and --top: the page's policy takes no style from markup. */
export function placeBeside(element: HTMLElement, anchor: HTMLElement): void {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const size = { width: element.offsetWidth, height: element.offsetHeight };
  const { left, top } = placeOf(anchor.getBoundingClientRect(), size, { width, height });
  element.style.setProperty("--left", `${Math.round(left)}px`);
  element.style.setProperty("--top", `${Math.round(top)}px`);
}
