/**
 * Directions: who may import whom, as docs/architecture.md draws it.
 *
 *   hal <- config <- models <- daemon/{wire, sight, ...} <- daemon/{eye,keeper,courier} <- daemon/cli, daemon/main.ts
 *
 * The processes share the folders of `shared` and never import each other. The page
 * imports shapes from daemon/wire and small pure modules from hal and the shared folders (what needs
 * node: does not build for a browser, so the page's build is the check). Nothing that ships imports scripts or test.
 */
import type { Finding, Source } from "./source.ts";

interface Area {
  readonly name: string;
  readonly holds: RegExp;
  readonly mayImport: readonly string[];
}

const shared = [
  "daemon/wire",
  "daemon/seal",
  "daemon/files",
  "daemon/ledger",
  "daemon/consent",
  "daemon/identity",
  "daemon/household",
  "daemon/policy",
  "daemon/sight",
  "daemon/calibration",
  "daemon/selftest",
  "daemon/alerts",
];
/** Of these, those that speak of what moved. */
const ofWhatMoved = new Set([
  "daemon/wire",
  "daemon/sight",
  "daemon/calibration",
  "daemon/selftest",
  "daemon/alerts",
]);
const below = ["hal", "config", "models", ...shared];

/** The first area that holds a path is its area. */
const areas: readonly Area[] = [
  area("hal", []),
  area("config", ["hal"]),
  area("models", ["hal", "config"]),
  ...shared.map((name) =>
    area(name, ["hal", "config", ...(ofWhatMoved.has(name) ? ["models"] : []), ...shared]),
  ),
  area("daemon/eye", below),
  area("daemon/keeper", below),
  area("daemon/courier", below),
  area("daemon/rtsp", below),
  area("daemon/talk", below),
  area("daemon", ["daemon/eye", "daemon/keeper", "daemon/courier", "daemon/rtsp", ...below]),
  area("web", ["hal", "models", ...shared]),
  // the other side's pages look and open files as the doorbell's do
  area("portal/web", ["web", "portal", "hal", ...shared]),
  area("portal", ["hal", "config", ...shared]),
  // plays what people do on the pages, and finds things there by their words
  area("scripts/demo", ["scripts", "web", "portal", "portal/web", "daemon", ...below]),
  area("scripts", [
    "daemon",
    "daemon/eye",
    "daemon/keeper",
    "daemon/courier",
    "daemon/rtsp",
    "daemon/talk",
    "portal",
    ...below,
  ]),
];

function area(name: string, mayImport: readonly string[]): Area {
  return { name, holds: new RegExp(`^${name}/`, "u"), mayImport: [name, ...mayImport] };
}

function areaOf(path: string): Area | null {
  return areas.find(({ holds }) => holds.test(path)) ?? null;
}

export function checkDirections(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const from = areaOf(source.path);
    if (from === null) return [];
    return source.imports.flatMap(({ target, isLocal, line }) => {
      if (!isLocal) return [];
      const to = areaOf(target)?.name ?? target.split("/")[0] ?? target;
      if (from.mayImport.includes(to)) return [];
      return [{ path: source.path, line, message: `${from.name} must not import ${to} (${target})` }];
    });
  });
}
