/**
 * Audit: what a page owes to people who see little, use no mouse or have it read out, asked of the page as it
 * is on the screen: names of controls, unique ids, order of headings, contrast of every text, no sideways scrolling.
 *
 * Contrast is counted as WCAG 2.2 does, from computed colours, on the nearest ground that is not transparent.
 */
import type { Page } from "playwright-core";

/** What is wrong, one line each; empty = nothing was found. */
export async function auditOf(page: Page): Promise<string[]> {
  await page.evaluate(settled);
  return page.evaluate(audit);
}

/** The same on a phone and a desktop, in the light and in the dark, each line with where. */
export async function auditEverywhere(page: Page): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 900 },
    ]) {
      await page.setViewportSize(size);
      for (const line of await auditOf(page)) found.push(`${colorScheme}, ${size.width} px: ${line}`);
    }
  }
  if (before !== null) await page.setViewportSize(before);
  return found;
}

/** Runs in the page: a colour on its way from one theme to the other is neither. */
async function settled(): Promise<void> {
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame(); // by now what changes has begun to
  // what inherits begins when its parent has changed: once for every level
  for (let level = 0; level < 60; level += 1) {
    const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
    if (changes.length === 0) return;
    await Promise.allSettled(changes.map(({ finished }) => finished));
    await frame();
  }
}

/** Runs in the page; what it needs is inside it. */
function audit(): string[] {
  const found: string[] = [];
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${(element.textContent ?? "").trim().slice(0, 40)}"`;

  const numbersOf = (color: string): number[] => (color.match(/[\d.]+/gu) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = numbersOf(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element): string | null => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (backgroundImage !== "none") return null; // a gradient: looked at in test/web/contrast.test.ts
      const [, , , alpha = 1] = numbersOf(backgroundColor);
      if (alpha === 1) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if ((node.textContent ?? "").trim() === "" || element === null || element.closest("svg") !== null)
      continue;
    if (!isShown(element) || element.closest(":disabled, .unseen, noscript") !== null) continue;
    const ground = groundOf(element);
    if (ground === null) continue;
    const [dim = 0, bright = 0] = [luminance(getComputedStyle(element).color), luminance(ground)].toSorted(
      (a, b) => a - b,
    );
    const contrast = (bright + 0.05) / (dim + 0.05);
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: ${nameOf(element)}`);
  }

  for (const control of document.querySelectorAll("button, a[href], input, textarea, select, summary")) {
    if (!isShown(control)) continue;
    const labels =
      control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement ? control.labels : null;
    const name =
      control.getAttribute("aria-label") ??
      [...(labels ?? []), control].map((each) => each.textContent).join("");
    if (name.trim() === "") found.push(`no name: ${nameOf(control)}`);
    // whoever presses the label around a box presses the box
    const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
    const isInText = getComputedStyle(control).display === "inline";
    if (!isInText && (width < 24 || height < 24)) found.push(`smaller than 24 px: ${nameOf(control)}`);
  }
  for (const picture of document.querySelectorAll("img:not([alt]), svg:not([aria-hidden]):not([aria-label])"))
    found.push(`no words for a picture: ${nameOf(picture)}`);

  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of new Set(ids.filter((each, i) => ids.indexOf(each) !== i))) found.push(`id twice: ${id}`);
  for (const element of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
    for (const attribute of ["aria-labelledby", "aria-describedby"]) {
      const wanted = element.getAttribute(attribute)?.split(" ") ?? [];
      for (const id of wanted)
        if (document.getElementById(id) === null) found.push(`${attribute} of nothing: ${id}`);
    }
  }

  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5")) {
    if (!isShown(heading)) continue;
    const next = Number(heading.tagName.slice(1));
    if (next > level + 1) found.push(`a level is left out before: ${nameOf(heading)}`);
    level = next;
  }

  const tooWide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (tooWide > 0) found.push(`scrolls sideways by ${tooWide} px`);
  return found;
}
