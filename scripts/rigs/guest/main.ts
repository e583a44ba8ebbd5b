/**
 * The command line of the guest: prepare, boot, hand on, end with the command's exit code.
 *
 * Exit codes that are not the command's: 2 wrong options, 124 over the time limit, 125 no guest or
 * a guest that ended without a status. What the rig itself says goes to stderr, with `guest: `.
 */
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { bootGuest, type GuestEnd } from "./boot.ts";
import { parseCommandLine, usage } from "./options.ts";
import { guestCache, prepareKernel } from "./prepare.ts";

const root = join(import.meta.dirname, "../../..");

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args, { cwd: process.cwd(), env: process.env });
  if (line.help) return (say(usage), 0);
  // What was begun ends with this process: a build by its exit, a guest by a power cut.
  let end = (): void => process.exit(125);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => end());
  const kernel = await prepareKernel({ cache: guestCache(root), limitS: line.prepareLimitS, say });
  if (kernel.made) say(`guest: kernel made in ${Math.round(kernel.tookMs / 1_000)} s`);
  if (line.prepareOnly) return (say(kernel.path), 0);

  const guest = await bootGuest(kernel.path, line.guest, {
    stdout: (bytes) => process.stdout.write(bytes),
    stderr: (bytes) => process.stderr.write(bytes),
  });
  end = () => guest.cut();
  return exitCode(await guest.ended, line.guest.limitS);
}

function exitCode({ status, reason, console: said }: GuestEnd, limitS: number): number {
  if (status !== null) return status;
  if (reason === "limit") return (say(`guest: not done within ${limitS} s, killed`), 124);
  if (reason === "cut") return (say("guest: its power was cut"), 125);
  say(`guest: ended without a status. Its kernel said:\n${said.trimEnd().split("\n").slice(-20).join("\n")}`);
  return 125;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  say(`guest: ${error.message}`);
  if (error.hint !== undefined) say(`hint: ${error.hint}`);
  process.exitCode = error.kind === "invalid" ? 2 : 125;
}
