import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { settingAt } from "../../../config/catalogue.ts";
import { commands } from "../../../daemon/cli/commands.ts";
import { exitCodes } from "../../../daemon/cli/exit-codes.ts";
import { catalogue as portalSettings } from "../../../portal/settings/words.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const inDocs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const portalPaths = new Set(portalSettings.map(({ path }) => path));
const papers = ["README.md", "CONTRIBUTING.md", ...inDocs.map((name) => `docs/${name}`)];

test("the page of exit codes is the table in the code", () => {
  const rows = Object.entries(exitCodes).map(
    ([kind, { code, meaning }]) => `| ${code} | ${kind} | ${meaning} |`,
  );
  for (const row of rows) expect(read("docs/exit-codes.md")).toContain(row);
});

test.each(papers)("%s names only commands and scripts that exist", (paper) => {
  const text = read(paper);
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  for (const [, script = ""] of text.matchAll(/npm run ([\w:-]*\w)/gu))
    expect(scripts).toHaveProperty([script]);
  for (const [, line = ""] of text.matchAll(/(?:\.\/|`)sill ([a-z]+(?: [a-z]+)?)\b/gu)) {
    const known = Object.keys(commands).some(
      (name) => name === line || line.split(" ")[0] === name || name.startsWith(`${line} `),
    );
    expect(known, `sill ${line}`).toBe(true);
  }
});

test.each(papers)("%s names only settings and files that exist", (paper) => {
  const text = read(paper);
  for (const [, path = ""] of text.matchAll(
    /`((?:web|storage|camera|sim|recording|motion)\.(?!md`)[a-z]\w+)`/gu,
  )) {
    const isKnown = paper === "docs/portal.md" ? portalPaths.has(path) : settingAt(path) !== null;
    expect(isKnown, path).toBe(true);
  }
  for (const [, target = ""] of text.matchAll(/\]\((?!http)([^)#]+)\)/gu)) {
    expect(existsSync(join(root, dirname(paper), target)), target).toBe(true);
  }
});
