import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { allChecks } from "../../../../daemon/selftest/checks/all.ts";
import { reportHtml } from "../../../../daemon/selftest/report/html.ts";
import { reportJunit } from "../../../../daemon/selftest/report/junit.ts";
import { reportText } from "../../../../daemon/selftest/report/text.ts";
import { amount } from "../../../../daemon/selftest/report/words.ts";
import { nasty, sample } from "./sample.ts";

const plain = reportText(sample, { colours: false });

test("the text says what was seen and what to do, group by group, in the order of the list", () => {
  expect(plain.slice(0, 2)).toEqual([
    "Self-test of Raspberry Pi 4 Model B Rev 1.4, Sill 0.1.0, beside a running house",
    "2026-11-26 11:42 UTC, 41 s",
  ]);
  const headings = plain.filter((line) => /^[A-Z]/u.test(line)).slice(1);
  expect(headings).toEqual(["Picture", "Button and motion sensor", "Storage", "Board"]);
  const from = plain.indexOf("Storage");
  expect(plain.slice(from, from + 6)).toEqual([
    "Storage",
    "  LOOK  A small change is durable soon",
    "        half of the changes within 3.0 ms, 99 of 100 within 400 ms",
    "        99 of 100 within 400 ms (at most 250 ms)",
    "        -> this is slow for a card in good health; watch it",
    "",
  ]);
  expect(plain.at(-1)).toBe("4 checks: 1 passed, 1 to look at, 1 failed, 1 not asked");
});

test("no line of the text is wider than 80 columns, and none steers the terminal", () => {
  const wide = {
    ...sample,
    board: "x ".repeat(99),
    checks: sample.checks.map((each) => ({ ...each, seen: "word ".repeat(90) })),
  };
  for (const line of [...plain, ...reportText(wide, { colours: false })]) {
    expect(line.length).toBeLessThanOrEqual(80);
    // oxlint-disable-next-line no-control-regex -- those are what must not be there
    expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/u);
  }
});

test("colour is there when it is wanted, and says nothing that the words do not", () => {
  const painted = reportText(sample, { colours: true });
  expect(painted.join("\n")).toContain("\u001B[31mFAIL");
  // oxlint-disable-next-line no-control-regex -- takes the colours away again
  expect(painted.map((line) => line.replaceAll(/\u001B\[\d+m/gu, ""))).toEqual(plain);
});

test("the bounce of a button is drawn", () => {
  const at = plain.findIndex((line) => line.includes("4 edges in 3.0 ms"));
  expect(plain[at - 1]?.trim()).toMatch(/^#+_+#+_*\|?$|^#+\|?_*#+\|?_*$/u);
});

interface Parsed {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Parsed | string)[];
}

/** A strict XML parser that is nobody of ours: Python's. */
function parseXml(xml: string): Parsed {
  const script = `
import sys, json, xml.etree.ElementTree as E
def walk(e):
    return {"tag": e.tag, "attributes": e.attrib, "children": ([e.text] if e.text and e.text.strip() else []) + [walk(c) for c in e]}
print(json.dumps(walk(E.fromstring(sys.stdin.buffer.read()))))`;
  return JSON.parse(
    execFileSync("python3", ["-c", script], { input: Buffer.from(xml) }).toString(),
  ) as Parsed;
}

function inside(element: Parsed, tag: string): Parsed[] {
  return element.children.flatMap((child) =>
    typeof child === "string" ? [] : [...(child.tag === tag ? [child] : []), ...inside(child, tag)],
  );
}

test("JUnit: every check is a case; failures and skips are told as such", () => {
  const suites = parseXml(reportJunit(sample));
  expect(suites.tag).toBe("testsuites");
  expect(suites.attributes).toMatchObject({
    tests: "4",
    failures: "1",
    skipped: "1",
    errors: "0",
    time: "41.234",
  });
  const cases = inside(suites, "testcase");
  expect(cases.map(({ attributes }) => [attributes["classname"], attributes["name"]])).toEqual([
    ["sill.picture", "picture-focus"],
    ["sill.lines", "button"],
    ["sill.storage", "storage-fsync"],
    ["sill.board", "board-power"],
  ]);
  expect(cases.map((each) => inside(each, "failure").length)).toEqual([1, 0, 0, 0]);
  expect(cases.map((each) => inside(each, "skipped").length)).toEqual([0, 0, 0, 1]);
  expect(inside(suites, "testsuite").map(({ attributes }) => attributes["timestamp"])).toEqual(
    Array.from({ length: 4 }, () => "2026-11-26T11:42:00"),
  );
  const storage = cases[2];
  expect(storage && inside(storage, "property").map(({ attributes }) => attributes)).toEqual([
    { name: "99 of 100 within", value: "99 of 100 within 400 ms (at most 250 ms)" },
  ]);
});

test("the sample is of checks that there are", () => {
  const heads = allChecks.map(({ id, group, title }) => ({ id, group, title }));
  for (const { id, group, title } of sample.checks) expect(heads).toContainEqual({ id, group, title });
});

test("JUnit: what XML cannot hold is replaced, the rest arrives as it was", () => {
  const [failure] = inside(parseXml(reportJunit(sample)), "failure");
  const kept = nasty.replaceAll(/[\u0000\u0007\u001B\uD800]/gu, "?"); // oxlint-disable-line no-control-regex
  expect(failure?.attributes["message"]).toBe(kept);
  expect(failure?.children[0]).toBe(`The picture is in focus: ${kept}\n${kept}`);
});

test("the page loads nothing and runs nothing, whatever stands in the report", () => {
  const html = reportHtml(sample);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<img|<link|\ssrc=|url\(|@import|\son\w+=/iu);
  expect(html).not.toMatch(/https?:/u);
  expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
});

test("the page draws waveform and histogram, lists what to do, and holds no picture", () => {
  const html = reportHtml(sample);
  expect(html.match(/<svg /gu)).toHaveLength(2);
  expect(html).toMatch(/<path class="wave" d="M0 90 H53\.3V20 H/u);
  expect(html.match(/<rect class="bar"/gu)).toHaveLength(2);
  const todo = /<section class="todo">.*?<\/section>/su.exec(html)?.[0] ?? "";
  expect([...todo.matchAll(/href="#([a-z-]+)"/gu)].map(([, id]) => id)).toEqual([
    "picture-focus",
    "storage-fsync",
  ]);
  expect(html).toContain("sealed; shown on the doorbell&#39;s page".replaceAll("&#39;", "'"));
  expect(html).not.toMatch(/data:|base64/u);
});

test.each([
  [21_500_000_000, "bytes", "21.5 GB"],
  [0, "bytes", "0 bytes"],
  [0.5, "frac", "50 %"],
  [0.1234, "mb_s", "0.12 MB/s"],
  [12, "ms", "12 ms"],
  [0x50005, "bits", "0x50005"],
  [3, "count", "3"],
  [7, "furlongs", "7 furlongs"],
])("%d %s is written as %s", (value, unit, text) => {
  expect(amount(value, unit)).toBe(text);
});
