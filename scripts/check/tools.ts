/**
 * Tools: the compiler, the linter and the formatter as checks.
 *
 * Each runs as its own process from node_modules/.bin. Code 0 = nothing to say; otherwise what it
 * printed is the problem, as it stands.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";

export async function runTool(root: string, command: readonly [string, ...string[]]): Promise<string[]> {
  const [name, ...args] = command;
  const binFolder = join(root, "node_modules/.bin");
  return new Promise((resolve) => {
    execFile(
      join(binFolder, name),
      args,
      {
        cwd: root,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, PATH: `${binFolder}:${process.env["PATH"] ?? ""}` },
      },
      (error, stdout, stderr) => {
        const said = `${stdout}\n${stderr}`.trim();
        resolve(error === null ? [] : [said === "" ? error.message : said]);
      },
    );
  });
}
