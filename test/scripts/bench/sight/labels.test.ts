/** Folders of clips with labels, as anybody may bring one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { labelledClips } from "../../../../scripts/bench/sight/labels.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill-labels-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string): void {
  const to = join(folder, path);
  mkdirSync(join(to, ".."), { recursive: true });
  writeFileSync(to, content);
}

const gate = { id: "gate", fps: 15, frames: 300, positive: [[4, 9]] };

test.each(["gate.mp4", "clips/gate.mp4"])("a clip is found at %s", (place) => {
  put("labels/gate.json", JSON.stringify(gate));
  put(place, "");
  expect(labelledClips(folder)).toEqual([{ ...gate, ignore: [], path: join(folder, place) }]);
});

test.each([
  ["not JSON", "{", "is not JSON"],
  ["a word that is missing", JSON.stringify({ ...gate, fps: undefined }), "fps"],
  ["a clip that is not there", JSON.stringify({ ...gate, file: "other.mkv" }), "other.mkv"],
])("%s is refused with the reason", (_, content, reason) => {
  put("labels/gate.json", content);
  put("gate.mp4", "");
  expect(() => labelledClips(folder)).toThrow(reason);
});

test("a folder without labels is refused, and the format is named", () => {
  expect(() => labelledClips(folder)).toThrow(/no folder "labels"/);
});
