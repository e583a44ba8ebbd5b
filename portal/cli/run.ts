/**
 * Run: a command line to an exit code. Never throws: a Fault is told as `portal: message` and `hint: ...`.
 */
import { once } from "node:events";
import { Fault, toFault, type FaultKind } from "../../hal/fault.ts";
import { openBack, openPortal } from "../portal.ts";
import { catalogue, readWords } from "../settings/words.ts";
import type { PortalSettings } from "../settings/schema.ts";
import { agencyCommand } from "./agency.ts";
import { boardCommand, moderateCommand } from "./moderate.ts";
import type { Command, Terminal } from "./terminal.ts";

const commands: Readonly<Record<string, Command>> = {
  agency: agencyCommand,
  moderate: moderateCommand,
  board: boardCommand,
  keys: async ({ back: { keys }, terminal }) => {
    terminal.out(`portal.logKey        ${keys.logKey}`);
    terminal.out(`portal.registrarKey  ${keys.registrar.signKey}`);
  },
};

const help = `npm run portal                                  starts the portal
npm run portal -- keys                          what doorbells need in their settings
npm run portal -- agency add FILE.json          vouches for an agency, or replaces its profile
npm run portal -- agency add --id ID --name NAME --kind police --key SIGNKEY --seal age1... \\
    --territory "LAT,LON LAT,LON LAT,LON" --contact TEXT --verified-by TEXT [--dock URL]
npm run portal -- agency list | show ID
npm run portal -- agency key ID SIGNKEY         gives an agency another key
npm run portal -- agency revoke ID SIGNKEY|all  takes a key, or all, from an agency
npm run portal -- moderate note HASH TEXT       says something about a request in public
npm run portal -- moderate withdraw HASH TEXT   doorbells stop showing the request
npm run portal -- board                         posts that wait for the moderator
npm run portal -- board approve|refuse HASH
Settings are flags (--web.port=8470) or variables (PORTAL_WEB_PORT=8470): docs/portal.md.`;

const exitCodes: Readonly<Record<FaultKind, number>> = {
  bug: 1,
  invalid: 2,
  "not-found": 3,
  denied: 4,
  unavailable: 5,
  timeout: 6,
  exhausted: 7,
  corrupt: 8,
  cancelled: 130,
};

export async function runPortal(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { settings, rest } = readWords(args, terminal.env);
    const [name, ...words] = rest;
    if (name === undefined) await serve(settings, terminal);
    else if (["help", "--help", "-h"].includes(name)) terminal.out(help);
    else await command(name, words, { settings, terminal });
    return 0;
  } catch (error) {
    const fault = toFault(error);
    terminal.err(`portal: ${fault.message}`);
    if (fault.hint !== undefined) terminal.err(`hint: ${fault.hint}`);
    if (fault.kind === "bug" && fault.stack !== undefined) terminal.err(fault.stack);
    return exitCodes[fault.kind];
  }
}

async function command(
  name: string,
  words: readonly string[],
  { settings, terminal }: { readonly settings: PortalSettings; readonly terminal: Terminal },
): Promise<void> {
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (run === undefined)
    throw new Fault("invalid", `unknown command ${name}`, { hint: "npm run portal -- help" });
  await using back = await openBack(settings);
  await run({ words, back, settings, terminal });
}

/** Until SIGTERM or SIGINT. */
async function serve(settings: PortalSettings, terminal: Terminal): Promise<void> {
  await using portal = await openPortal(settings);
  terminal.out(`The portal runs. Open ${portal.url} in a browser; it listens on ${portal.listens}`);
  terminal.out("What a doorbell is told (sill run --portal.url=... or its settings file):");
  terminal.out(`  portal.url          ${portal.url}`);
  terminal.out(`  portal.logKey       ${portal.keys.logKey}`);
  terminal.out(`  portal.registrarKey ${portal.keys.registrar.signKey}`);
  terminal.out(`Keys, log and parcels are in ${settings.data}. ${catalogue.length} settings: docs/portal.md`);
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
}
