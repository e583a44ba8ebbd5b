/**
 * `sill selftest`: is this doorbell sound? Beside a running doorbell, or alone.
 */
import { systemClock } from "../../../hal/clock.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import { allChecks } from "../../selftest/checks/all.ts";
import { reportHtml } from "../../selftest/report/html.ts";
import { reportJunit } from "../../selftest/report/junit.ts";
import { reportText } from "../../selftest/report/text.ts";
import { groupNames } from "../../selftest/report/words.ts";
import { chosen } from "../../selftest/run.ts";
import { pathsOf, type DataPaths } from "../../wire/paths.ts";
import type { SelftestAsk, SelftestReport } from "../../wire/selftest.ts";
import { houseRuns } from "../ask-house.ts";
import type { Call, Command } from "../command.ts";
import { exitCodes, exitOk } from "../exit-codes.ts";
import { writeNewFile } from "../new-file.ts";
import { runBeside, type Outcome, type RunOptions } from "../selftest/beside.ts";
import { progressTeller } from "../selftest/told.ts";
import { textTable } from "../table.ts";

/** Something failed: as for a bug, whatever is broken. */
const exitFailed = 1;
/** How long a doorbell may take from its lock to its first answer. */
const startingMs = 8_000;
const askAgainMs = 250;

export const selftest: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Tests camera, mask, button, motion sensor, chime, light, disk, clock, network, board and software in at most",
    "90 seconds, and says what to do about what is not in order. A running doorbell goes on meanwhile: a press",
    "still rings. Ends with 0 when nothing failed, with 1 otherwise.",
  ].join("\n"),
  options: {
    json: { about: "Print the report as JSON, for programs" },
    junit: { value: "FILE", about: "Also write it as JUnit XML, for build servers" },
    html: { value: "FILE", about: "Also write it as a page to hand over" },
    only: { value: "IDS", about: "These checks alone, e.g. --only picture-focus,storage-fsync" },
    unattended: { about: "Nobody is there to press the button or to walk past" },
    outbound: { about: "The courier may call the hosts that the settings name, once" },
    list: { about: "List the checks and ask none" },
  },
  takesSettings: true,
  examples: [
    ["sill selftest", "all of it; stand near the button"],
    ["sill selftest --unattended --junit selftest.xml", "in a build, or over ssh"],
    ["sill selftest --only storage-speed,storage-fsync", "how fast is the card?"],
  ],
  run: async (call) => {
    const { has, value, terminal, settings } = call;
    if (has("list")) return list(call);
    const only =
      value("only")
        ?.split(",")
        .filter((id) => id !== "") ?? null;
    chosen(allChecks, only);
    const ask: SelftestAsk = { only, attended: !has("unattended"), outbound: has("outbound") };
    const teller = progressTeller(terminal);
    const { report, notKept } = await untilInterrupted((signal) =>
      run(settings().settings, { ask, signal, onProgress: teller.tell }),
    );
    teller.clear();
    writeFiles(call, report);
    if (has("json")) terminal.out(JSON.stringify(report, null, 2));
    const colours = terminal.screen !== null && (terminal.env["NO_COLOR"] ?? "") === "";
    if (!has("json")) for (const line of reportText(report, { colours })) terminal.out(line);
    if (notKept !== null) terminal.err(`the report was not kept: ${notKept}`);
    if (report.cut === "cancelled") return exitCodes.cancelled.code;
    return report.verdict === "fail" ? exitFailed : exitOk;
  },
};

async function run(
  settings: ReturnType<Call["settings"]>["settings"],
  options: RunOptions,
): Promise<Outcome> {
  const paths = pathsOf(settings);
  if (await houseRuns(paths)) return runBeside(paths, options);
  const { runAlone } = await import("../selftest/alone.ts"); // the camera's code, which takes a while to load
  try {
    return await runAlone(settings, options);
  } catch (error) {
    // it has the lock and does not answer yet: it may have begun a moment ago
    if (toFault(error).kind !== "unavailable" || !(await beginsToAnswer(paths, options.signal))) throw error;
    return runBeside(paths, options);
  }
}

async function beginsToAnswer(paths: DataPaths, signal: AbortSignal): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < startingMs && !signal.aborted; waitedMs += askAgainMs) {
    await new Promise<void>((resolve) => systemClock.after(askAgainMs, resolve));
    if (await houseRuns(paths)) return true;
  }
  return false;
}

/** Ctrl-C ends the test and not the command: what is known is still printed. */
async function untilInterrupted<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once("SIGINT", stop);
  try {
    return await ask(interrupted.signal);
  } finally {
    process.removeListener("SIGINT", stop);
  }
}

function writeFiles({ value }: Call, report: SelftestReport): void {
  const [junit, html] = [value("junit"), value("html")];
  if (junit !== null && junit === html)
    throw new Fault("invalid", "--junit and --html name the same file", { hint: "give each its own" });
  if (junit !== null) write(junit, reportJunit(report));
  if (html !== null) write(html, reportHtml(report));
}

function write(path: string, text: string): void {
  writeNewFile(path, (append) => append(new TextEncoder().encode(text)));
}

function list({ has, terminal }: Call): void {
  const heads = allChecks.map(({ id, group, title }) => ({ id, group, title }));
  if (has("json")) return terminal.out(JSON.stringify(heads, null, 2));
  const rows = heads.map(({ id, group, title }) => [id, groupNames[group], title]);
  for (const line of textTable([["CHECK", "GROUP", "WHAT"], ...rows])) terminal.out(line);
}
