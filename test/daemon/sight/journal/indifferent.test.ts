import { expect, test } from "vitest";
import { openBlock } from "../../../../daemon/sight/journal/block-reader.ts";
import { BlockWriter } from "../../../../daemon/sight/journal/block-writer.ts";
import { pack } from "../../../../daemon/sight/journal/pack.ts";
import { cells, minutes, noonMs, start } from "./story.ts";

test("a visitor who asks for nothing, or for frames alone, reads a block to its end", async () => {
  const { session, grid, fps, settings, visible } = start;
  const levels = new Uint8Array(cells);
  const head = { session, grid, fps, settings, visible, levels };
  const block = new BlockWriter({
    ...head,
    block: 0,
    ptsUs: 0,
    stepUs: 0,
    light: "bright",
    minute: null,
    anchor: null,
  });
  for (const each of minutes(3)) if (each.type === "frame") block.frame(each);
  block.press(250_000);
  block.pir("active", 200_000);
  block.wake(260_000);
  block.settings({ sensitivity: 20, zones: [] });
  block.gap({ fromWallMs: noonMs, toWallMs: noonMs + 1, why: "a test" }, noonMs + 300);
  block.end(300_000, "stopped");
  const body = await pack(block.finish().streams);
  let frames = 0;
  openBlock(body).play({ frame: () => (frames += 1) });
  openBlock(body).play({});
  expect(frames).toBe(3);
});
