import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { controlFiles, kernelArguments } from "../../../../scripts/rigs/guest/control.ts";
import { parseCommandLine } from "../../../../scripts/rigs/guest/options.ts";

function guest(...args: string[]) {
  return parseCommandLine(args, { cwd: "/srv", env: {} }).guest;
}

test("the command's words reach sh as they were, whatever is in them", () => {
  const word = fc.string({ unit: "grapheme-ascii", maxLength: 12 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const { command } = controlFiles(guest("--", "printf", "%s\\0", ...words, "end"));
      const said = execFileSync("sh", ["-c", command ?? ""]).toString();
      expect(said.split("\0").slice(0, -1)).toEqual([...words, "end"]);
    }),
    { numRuns: 40 },
  );
});

test("variables are exported with any value", () => {
  const { env } = controlFiles(guest("--env", "A=it's $HOME `id`", "--", "id"));
  const said = execFileSync("sh", ["-c", `${env}printf %s "$A$GUEST$GUEST_CWD"`]).toString();
  expect(said).toBe("it's $HOME `id`1/srv");
});

test("writable are shares and disks, and nothing else", () => {
  const files = controlFiles(guest("--share", "/a b", "--disk", "/d.img", "--", "id"));
  expect([files["shares"], files["writable"]]).toEqual(["/a b\n", "/a b\n/d.img\n"]);
});

test.each(["/a,b", "/a\nb"])("a share that hostfs or the lists cannot name is refused: %j", (path) => {
  expect(() => controlFiles(guest("--share", path, "--", "id"))).toThrow("cannot share");
});

test("the kernel gets memory, cameras, disks in order, and more words last", () => {
  const words = kernelArguments(
    guest(
      "--memory",
      "256",
      "--cameras",
      "3",
      "--disk",
      "/a",
      "--disk",
      "/b",
      "--kernel-arg",
      "x=1",
      "--",
      "id",
    ),
    "/control",
  );
  expect(words).toContain("mem=256M");
  expect(words).toContain("vivid.n_devs=3");
  expect(words.slice(-3)).toEqual(["ubd0=/a", "ubd1=/b", "x=1"]);
  expect(kernelArguments(guest("--cameras", "0", "--", "id"), "/c").join(" ")).not.toContain("vivid");
});
