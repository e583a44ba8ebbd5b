import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatCovered,
  formatMac,
  maxHeaderBytes,
  parseHeaderText,
} from "../../../../daemon/seal/age/header-text.ts";
import type { Stanza } from "../../../../daemon/seal/age/header-text.ts";
import { thrownBy } from "./thrown.ts";

const mac = new Uint8Array(32).fill(7);
const macLine = `---${formatMac(mac)}`;
const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const header = (...lines: string[]): Uint8Array =>
  bytes(`age-encryption.org/v1\n${lines.map((line) => `${line}\n`).join("")}${macLine}`);

test("any stanzas come back, whatever follows the header", () => {
  const argument = fc.stringMatching(/^[!-~]+$/u);
  const stanza = fc.record({
    args: fc.array(argument, { minLength: 1 }),
    body: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(fc.array(stanza, { minLength: 1, maxLength: 4 }), fc.uint8Array(), (stanzas, rest) => {
      const text = formatCovered(stanzas) + formatMac(mac);
      const parsed = parseHeaderText(Buffer.concat([bytes(text), rest]));
      expect(parsed.stanzas.map(plainStanza)).toEqual(stanzas);
      expect([parsed.bytes, Buffer.from(parsed.covered).toString()]).toEqual([
        text.length,
        formatCovered(stanzas),
      ]);
    }),
  );
});

const plainStanza = ({ args, body }: Stanza) => ({ args, body: Uint8Array.from(body) });

test("a body that fills its last line is followed by an empty one", () => {
  expect(formatCovered([{ args: ["a"], body: new Uint8Array(48) }])).toContain(
    `-> a\n${"A".repeat(64)}\n\n---`,
  );
});

describe("no age file", () => {
  test.each([
    ["other bytes", "ftypisom", "invalid: not an age file"],
    ["almost the first line", "age-encryption.com/v1\n", "invalid: not an age file"],
    ["text form", "-----BEGIN AGE ENCRYPTED FILE-----\n", "invalid: not an age file"],
    ["another version", "age-encryption.org/v2\n", 'invalid: age version "v2"'],
    ["Windows line ends", "age-encryption.org/v1\r\n", String.raw`invalid: age version "v1\r"`],
  ])("%s", (_, text, words) => {
    expect(thrownBy(() => parseHeaderText(bytes(text)))).toContain(words);
  });
});

const full = "A".repeat(64);

describe("malformed, with the line that is wrong", () => {
  test.each([
    ["no recipient", [], "line 2: there is no recipient"],
    ["text that starts nothing", ["hello", ""], "line 2: it starts neither"],
    ["an arrow without a space", ["->X", ""], "line 2: it starts neither"],
    ["no argument", ["-> ", ""], "line 2: an argument is empty"],
    ["two spaces", ["-> a  b", ""], "line 2: an argument is empty"],
    ["a space at the end", ["-> a ", ""], "line 2: an argument is empty"],
    ["an argument that is not ASCII", ["-> \u00e9", ""], "line 2: an argument is empty or not printable"],
    ["a tab", ["-> a\tb", ""], "line 2: an argument is empty or not printable"],
    ["a line of 65", ["-> a", `${full}A`, ""], "line 3: a body line has 65 columns"],
    ["a full last line", ["-> a", full], "not canonical base64"],
    ["two short lines", ["-> a", "AAAA", "AAAA"], "line 4: it starts neither"],
    ["padding", ["-> a", "AA=="], "line 3: the body that ends here is not canonical"],
    ["spare bits that are not zero", ["-> a", "AB"], "line 3: the body that ends here is not canonical"],
    ["one letter over", ["-> a", "AAAAA"], "line 3: the body that ends here is not canonical"],
    ["the alphabet of addresses", ["-> a", "A-_A"], "line 3: the body that ends here is not canonical"],
    ["a carriage return", ["-> a", "AAAA\r"], "line 3: the body that ends here is not canonical"],
  ])("%s", (_, lines, words) => {
    expect(thrownBy(() => parseHeaderText(header(...lines)))).toMatch(
      new RegExp(`^corrupt: .*${words}`, "u"),
    );
  });

  const good = macLine.trimEnd();
  test.each([
    ["missing", "---"],
    ["without space", good.replace(" ", "")],
    ["with two spaces", good.replace(" ", "  ")],
    ["with a space after it", `${good} `],
    ["too short", good.slice(0, -1)],
    ["too long", `${good}A`],
    ["in another spelling", `${good.slice(0, -1)}d`],
    ["after four dashes", `-${good}`],
  ])("a MAC %s", (_, line) => {
    const file = bytes(`age-encryption.org/v1\n-> a\n\n${line}\n`);
    expect(thrownBy(() => parseHeaderText(file))).toBe(
      "corrupt: age header, line 4: the last line is not --- and a MAC",
    );
  });
});

test("cut off anywhere it says where", () => {
  const whole = header("-> X25519 abc", full, "AAAA", "-> other", "");
  for (let length = 0; length < whole.length; length += 1)
    expect(thrownBy(() => parseHeaderText(whole.subarray(0, length)))).toBe(
      `corrupt: age file cut off at byte ${length}, in its header`,
    );
});

test("a header without end is not read for ever", () => {
  const file = header(...Array.from({ length: 20_000 }, () => "-> a\nAAAA"));
  expect(thrownBy(() => parseHeaderText(file))).toBe(
    `corrupt: age header longer than ${maxHeaderBytes} bytes`,
  );
});
