/**
 * `npm run portal`: the service without arguments, a command of the registrar with them (cli/).
 */
import { runPortal } from "./cli/run.ts";

process.exitCode = await runPortal(process.argv.slice(2), {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
