import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue, readWords } from "../../../portal/settings/words.ts";

test("without a word the portal is on this machine alone", () => {
  const { settings, rest } = readWords([], {});
  expect([settings.web.host, settings.web.port, settings.data, settings.url]).toEqual([
    "127.0.0.1",
    8470,
    "./portal-data",
    "",
  ]);
  expect(rest).toEqual([]);
});

test("flags win over the environment, and the rest is a command", () => {
  const { settings, rest } = readWords(
    ["agency", "add", "--web.port", "1234", "--web.trustProxy", "--id", "x", "--dock.keepDays=3"],
    { PORTAL_WEB_PORT: "99", PORTAL_TITLE: "Harbour", PORTAL_URL: "" },
  );
  expect([settings.web.port, settings.web.trustProxy, settings.title, settings.dock.keepDays]).toEqual([
    1234,
    true,
    "Harbour",
    3,
  ]);
  expect(rest).toEqual(["agency", "add", "--id", "x"]);
});

test.each([
  [["--web.prot=1"], {}, "did you mean --web.port?"],
  [["--web.port=x"], {}, "web.port"],
  [["--web.port=70000"], {}, "web.port"],
  [["--web.port"], {}, "--web.port needs a value"],
  [["--url=https://a.example/path"], {}, "https://host without a path"],
  [["--database.url=mysql://x"], {}, "database.url"],
  [[], { PORTAL_WEB_PROT: "1" }, "did you mean portal_web_port?"],
  [["--web.port=x", "--dock.keepDays=0"], {}, "dock.keepdays"],
])("%j with %j is refused", (args, env, words) => {
  expect(() => readWords(args, env)).toThrow(words);
});

test("docs/portal.md lists every setting with its variable and default", async () => {
  const text = await readFile(join(import.meta.dirname, "../../../docs/portal.md"), "utf8");
  for (const { path, env, default: value } of catalogue)
    expect(text).toContain(`| \`${path}\` | \`${env}\` | \`${JSON.stringify(value)}\` |`);
});
