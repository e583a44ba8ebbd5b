import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repositoryPaths } from "../../../scripts/check/files.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sill-files-"));
  for (const folder of ["hal", "web/dist", "real/node_modules", "data"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const path of ["hal/a.ts", "b c.md", "web/dist/x.js", "data/clip.mp4"])
    writeFileSync(join(root, path), "");
  symlinkSync("real/node_modules", join(root, "node_modules"));
  writeFileSync(join(root, ".gitignore"), "node_modules/\nweb/dist/\n/data/\n");
});
afterEach(() => rmSync(root, { recursive: true }));

test("an unpacked archive and a clone hold the same files; links and ignored ones are none", async () => {
  const files = [".gitignore", "b c.md", "hal/a.ts"];
  expect(await repositoryPaths(root)).toEqual(files);
  execFileSync("git", ["init", "-q"], { cwd: root });
  expect(await repositoryPaths(root)).toEqual(files);
});

test("a file that git still knows but that was deleted is left out", async () => {
  execFileSync("git", ["init", "-q"], { cwd: root });
  execFileSync("git", ["add", "hal/a.ts"], { cwd: root });
  rmSync(join(root, "hal/a.ts"));
  expect(await repositoryPaths(root)).not.toContain("hal/a.ts");
});
