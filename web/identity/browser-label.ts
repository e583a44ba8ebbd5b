/**
 * BrowserLabel: what the list of sessions calls this browser: "Firefox on Android".
 *
 * Pure. Order matters: most browsers also claim to be the ones they descend from.
 */
const browsers = [
  [/Edg(?:e|A|iOS)?\//u, "Edge"],
  [/OPR\//u, "Opera"],
  [/SamsungBrowser\//u, "Samsung Internet"],
  [/Firefox\/|FxiOS\//u, "Firefox"],
  [/Chrome\/|CriOS\/|HeadlessChrome\//u, "Chrome"],
  [/Safari\//u, "Safari"],
] as const;

const systems = [
  [/iPhone/u, "iPhone"],
  [/iPad/u, "iPad"],
  [/Android/u, "Android"],
  [/CrOS/u, "ChromeOS"],
  [/Windows/u, "Windows"],
  [/Mac OS X|Macintosh/u, "Mac"],
  [/Linux/u, "Linux"],
] as const;

export function browserLabel(userAgent: string): string {
  const find = (table: readonly (readonly [RegExp, string])[]): string | null =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  const browser = find(browsers) ?? "Browser";
  const system = find(systems);
  return system === null ? browser : `${browser} on ${system}`;
}
