import { expect, test } from "vitest";
import { castFile, checkMaskedCast } from "../../../scripts/check/masked-cast.ts";
import { sources } from "./sources.ts";

const theOne = {
  [castFile]: "return picture as unknown as MaskedFrame;".replace("return", "export default"),
};

const findingsIn = (text: string) => checkMaskedCast(sources({ ...theOne, "daemon/eye/other.ts": text }));

test("the one cast in its own file is fine", () => {
  expect(checkMaskedCast(sources(theOne))).toEqual([]);
});

test.each([
  "const frame = raw as unknown as MaskedFrame;",
  "const frame = <MaskedFrame>(<unknown>raw);",
  "const frames = raws as MaskedFrame[];",
  "const frame = raw as Readonly<MaskedFrame>;",
  "const frame = raw as hal.MaskedFrame;",
  "const isMasked = (raw: RawFrame): raw is MaskedFrame => true;",
  "function check(raw: RawFrame): asserts raw is MaskedFrame {}",
  "type Anything = MaskedFrame;",
  'import type { MaskedFrame as Frame } from "../../hal/frame.ts";',
])("refused elsewhere: %s", (text) => {
  expect(findingsIn(text)).toMatchObject([{ path: "daemon/eye/other.ts", line: 1 }]);
});

test.each([
  "export function motion(frame: MaskedFrame): number { return 0; }",
  "const last = new Map<string, MaskedFrame>();",
  "// raw as MaskedFrame would not pass",
  'const text = "as MaskedFrame";',
  "type Handler = (frame: MaskedFrame) => void;",
])("fine elsewhere: %s", (text) => {
  expect(findingsIn(text)).toEqual([]);
});

test("a second cast in the right file, and none at all, are findings", () => {
  const text = `${theOne[castFile]}\nexport const again = x as MaskedFrame;`;
  expect(checkMaskedCast(sources({ [castFile]: text }))).toMatchObject([{ path: castFile, line: 2 }]);
  expect(checkMaskedCast(sources({ "hal/a.ts": "" }))).toMatchObject([
    { message: expect.stringContaining("missing") },
  ]);
});
