import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const log = join(import.meta.dirname, "../../../daemon/keeper/log.ts");
const speaks = `
  import { openLog } from ${JSON.stringify(log)};
  const log = openLog({ log: { level: "info" } });
  for (let line = 0; line < 20; line += 1) log.info({ line }, "words");
  setTimeout(() => { log.info("last"); process.exit(3); }, 50);`;

function speakTo(redirect: string) {
  const command = `exec "$0" --input-type=module-typescript -e "$1" ${redirect}`;
  return spawnSync("sh", ["-c", command, process.execPath, speaks], { encoding: "utf8", timeout: 60_000 });
}

test("every line is written, up to the last words", () => {
  const lines = speakTo("").stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as object)).toHaveLength(21);
  expect(lines.at(-1)).toContain('"last"');
});

test.each([">/dev/full", ">&-", "| true"])("a log that cannot be written stops nobody: %s", (redirect) => {
  const { status, signal, stderr } = speakTo(redirect);
  expect({ signal, stderr }).toEqual({ signal: null, stderr: "" });
  expect(status).toBe(redirect === "| true" ? 0 : 3); // of the pipe's last command
});
