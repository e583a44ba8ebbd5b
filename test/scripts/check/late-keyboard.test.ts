import { expect, test } from "vitest";
import { checkLateKeyboard } from "../../../scripts/check/late-keyboard.ts";
import { sources } from "./sources.ts";

const found = (text: string, path = "web/clip/a.tsx"): number[] =>
  checkLateKeyboard(sources({ [path]: text })).map(({ line }) => line);

test("an effect after the paint that moves the keyboard is named", () => {
  expect(found("useEffect(() => back.current?.focus(), []);")).toEqual([1]);
  expect(found("f();\nuseEffect(() => {\n  dialog.current?.showModal();\n}, []);")).toEqual([2]);
  expect(found("useEffect(() => a.focus(), []);", "portal/web/look/a.tsx")).toEqual([1]);
});

test("before the paint, by a key, or anywhere but in a page it is not", () => {
  expect(found("useLayoutEffect(() => back.current?.focus(), []);")).toEqual([]);
  expect(found("useEffect(() => load(), []);\nconst onKey = () => row.focus();")).toEqual([]);
  expect(found("useEffect(() => a.focus(), []);", "test/a.tsx")).toEqual([]);
});
