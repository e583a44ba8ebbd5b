/**
 * Bench: measures what the README claims. `npm run bench [-- --only GROUP] [--json]`;
 * for the groups sight and soak also `[--peers] [--long] [--footage FOLDER]` (sight/README.md).
 *
 * Ratios are measured side by side in one run, CPU is user + system of the whole process tree.
 * Figures are for reading, not for passing: nothing here is a test.
 */
import { parseArgs } from "node:util";
import { Fault } from "../../hal/fault.ts";
import type { Asked } from "./asked.ts";
import { tableText, type Figure } from "./figure.ts";

type Group = (note: (line: string) => void, asked: Asked) => Promise<Figure[]>;

const groups: Readonly<Record<string, () => Promise<Group>>> = {
  pipeline: async () => (await import("./pipeline.ts")).benchPipeline,
  press: async () => (await import("./press.ts")).benchPress,
  lines: async () => (await import("./lines.ts")).benchLines,
  live: async () => (await import("./live.ts")).benchLive,
  alerts: async () => (await import("./alerts/alerts.ts")).benchAlerts,
  "alert-pictures": async () => (await import("./alert-pictures.ts")).benchAlertPictures,
  privacy: async () => (await import("./privacy.ts")).benchPrivacy,
  timeline: async () => (await import("./timeline.ts")).benchTimeline,
  glass: async () => (await import("./alerts/glass.ts")).benchGlass,
  heat: async () => (await import("./heat.ts")).benchHeat,
  seal: async () => (await import("./seal.ts")).benchSeal,
  guard: async () => (await import("./guard.ts")).benchGuard,
  upload: async () => (await import("./upload.ts")).benchUpload,
  requests: async () => (await import("./requests.ts")).benchRequests,
  portal: async () => (await import("./portal.ts")).benchPortal,
  ledger: async () => (await import("./ledger.ts")).benchLedger,
  sight: async () => (await import("./sight/sight.ts")).benchSight,
  models: async () => (await import("./models/models.ts")).benchModels,
  what: async () => (await import("./what/what.ts")).benchWhat,
  fusion: async () => (await import("./fusion/fusion.ts")).benchFusion,
  soak: async () => (await import("./soak/soak.ts")).benchSoak,
};

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    footage: { type: "string" },
  },
});
const wanted = values.only ?? Object.keys(groups);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const figures: Figure[] = [];
  for (const name of wanted) {
    const load = groups[name];
    if (load === undefined) {
      throw new Fault("invalid", `no bench group "${name}"; there are ${Object.keys(groups).join(", ")}`);
    }
    note(`bench ${name} ...`);
    const group = await load();
    figures.push(...(await group(note, values)));
  }
  process.stdout.write(`${values.json ? JSON.stringify(figures) : tableText(figures)}\n`);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  note(`bench: ${error.message}${error.hint === undefined ? "" : `\nhint: ${error.hint}`}`);
  process.exitCode = 1;
}
