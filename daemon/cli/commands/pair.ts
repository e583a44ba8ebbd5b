/**
 * `sill pair`: the one-time code that makes somebody the first owner, for who stands at the console.
 *
 * Only who may read the data folder can run it: that is what makes it proof. It shows the code in
 * force, or makes a new one when the last was used up or has expired.
 */
import { existsSync } from "node:fs";
import { Fault } from "../../../hal/fault.ts";
import { systemClock } from "../../../hal/clock.ts";
import { openDeviceKey } from "../../identity/device-key.ts";
import { isLoopback, localUrl, networkUrl } from "../../keeper/page-address.ts";
import { HouseholdBook } from "../../keeper/people/household-book.ts";
import { ensurePairing } from "../../keeper/people/pairing-file.ts";
import { readFingerprint } from "../../keeper/tls/certificate.ts";
import { pathsOf } from "../../wire/paths.ts";
import { becomeOwnerOf } from "../as-owner.ts";
import { timeText } from "../amounts.ts";
import { jsonOption, type Command } from "../command.ts";
import { textTable } from "../table.ts";

export const pair: Command = {
  operands: "",
  arity: [0, 0],
  about:
    "Prints the one-time code that makes you the owner of this doorbell. A code is good for 24 hours and five tries; run it again for a new one.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [
    ["sill pair", "the code, and where to type it"],
    ["sill pair --json", "the same for programs, e.g. to print a label"],
  ],
  run: async (call) => {
    const { settings } = call.settings();
    const { terminal } = call;
    if (!existsSync(settings.data)) {
      throw new Fault("not-found", `no data folder ${settings.data}`, {
        hint: "sill run   (starts the doorbell; --data FOLDER looks elsewhere)",
      });
    }
    becomeOwnerOf(settings.data);
    const paths = pathsOf(settings);
    const { device } = await openDeviceKey(paths.deviceKey);
    const household = await HouseholdBook.open(paths.household, device);
    if (household.fault !== null) throw household.fault;
    if (household.isPaired) throw pairedAlready(household);
    const { code, expiresWallMs } = await ensurePairing(paths.pairing, systemClock.wallMs());
    const at = { address: settings.web.host, port: settings.web.port };
    const certificate = isLoopback(at.address) ? null : await readFingerprint(paths.tls);
    const url = networkUrl(at) ?? localUrl(at);
    if (call.has("json")) {
      terminal.out(JSON.stringify({ code, expiresWallMs, url, device, certificate }));
      return;
    }
    const rows = [
      ["Code", code],
      ["Valid until", timeText(expiresWallMs)],
      ["Open", url],
    ];
    if (certificate !== null) rows.push(["Certificate", `SHA-256 ${certificate}`]);
    for (const line of textTable(rows)) terminal.out(line);
  },
};

function pairedAlready({ current }: HouseholdBook): Fault {
  const owners = current.people.filter(({ role }) => role === "owner").length;
  return new Fault(
    "denied",
    `this doorbell is paired already: ${owners} ${owners === 1 ? "owner" : "owners"}`,
    {
      hint: "an owner enrols others on the page, under People",
    },
  );
}
