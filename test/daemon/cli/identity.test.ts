import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keysOf } from "../../../daemon/identity/keys.ts";
import { wordsOf } from "../../../daemon/identity/words.ts";
import { parseIdentities, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { sill } from "./command-line.ts";

const seed = new Uint8Array(32).fill(7);
const words = wordsOf(seed);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill-identity-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const out = (): string => join(folder, "key.txt");
const identity = (input: string) => sill(["identity", "--out", out()], { input });

test.each([
  ["on one line", words.join(" ")],
  ["on a line each, in capitals", words.join("\n").toUpperCase()],
  ["with commas and a newline at the end", `${words.join(", ")}\n`],
])("the recovery words %s become the owner's identity, readable by this user only", async (_, input) => {
  expect(await identity(input)).toMatchObject({ code: 0, err: "" });
  const [found] = parseIdentities(readFileSync(out(), "utf8"));
  expect(found && recipientOf(found).text).toBe(keysOf(seed).sealTo);
  expect(statSync(out()).mode & 0o777).toBe(0o600);
});

test("what is printed names the public key and nothing secret", async () => {
  const printed = await identity(words.join(" "));
  expect(printed.out).toContain(keysOf(seed).sealTo);
  expect(printed.out).not.toContain("AGE-SECRET-KEY");
});

test.each([
  ["a typing mistake", words.with(3, "zzzz").join(" "), "recovery word 4 is not on the list"],
  ["a word missing", words.slice(1).join(" "), "there are 23 recovery words; 24 are needed"],
  [
    "two words swapped",
    words
      .with(0, words[1] ?? "")
      .with(1, words[0] ?? "")
      .join(" "),
    "do not belong",
  ],
  ["nothing", "", "there are 0 recovery words"],
])("%s is a clear error, and no file is written", async (_, input, message) => {
  const { code, err } = await identity(input);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  expect(err).not.toContain(words[5]);
  expect(() => readFileSync(out())).toThrow("ENOENT");
});

test("words on the command line are refused, and a file that is there stays", async () => {
  expect(await sill(["identity", ...words, "--out", out()])).toMatchObject({ code: 2 });
  writeFileSync(out(), "precious");
  expect(await identity(words.join(" "))).toMatchObject({ code: 4 });
  expect(readFileSync(out(), "utf8")).toBe("precious");
});
