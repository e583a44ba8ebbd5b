/**
 * sill: the process behind ./sill. See commands.ts for what it can do, dispatch.ts for how.
 */
import { toFault } from "../../hal/fault.ts";
import { dispatch } from "./dispatch.ts";
import { exitCodes, exitOk } from "./exit-codes.ts";
import { processTerminal } from "./terminal.ts";

/** A command has ended but something still holds the event loop: leave anyway after this. */
const lingerMs = 1_000;

const argv = process.argv.slice(2);
/** These ring and record on when nobody hears them any more, or the disk of their log is full. */
const serves = ["run", "eye", "keeper", "courier", "rtsp"].includes(argv[0] ?? "");

// `sill events list | head` closes the pipe early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (serves) return;
  if (error.code === "EPIPE") process.exit(exitOk);
  const fault = toFault(error, "cannot write the output");
  process.stderr.write(`sill: ${fault.message}\n`);
  process.exit(exitCodes[fault.kind].code);
});
process.stderr.on("error", () => {}); // nobody is left to be told

const code = await dispatch(argv, processTerminal());
process.exitCode = code;
setTimeout(() => process.exit(code), lingerMs).unref();
