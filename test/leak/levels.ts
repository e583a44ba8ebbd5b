/**
 * Levels: is this a motion journal, to its last byte, and are there only levels of visible cells in it?
 *
 * A block that holds anything beside them is not read at all (streams that are not used up, words that no
 * schema knows, bytes behind the end), so it is enough that every block is read and what it says is small.
 */
import { expect } from "vitest";
import { openBlock } from "../../daemon/sight/journal/block-reader.ts";
import { openAt } from "../../daemon/sight/journal/envelope.ts";
import { visibleOf } from "../../daemon/sight/journal/head.ts";
import { visibleCells } from "../../daemon/eye/motion/visible.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { camera } from "./rig.ts";
import { expectWords } from "./words.ts";

const mostCells = 48 * 27;

export function expectLevels(bytes: Buffer, what: string): void {
  const open = new Set(visibleCells(camera, rasteriseOpening(camera, porchPolicy).luma));
  for (let at = 0; at < bytes.length;) {
    const block = openAt(bytes, at);
    if (block === null) throw new Error(`${what}: no block at byte ${at}`);
    at = block.end;
    const opened = openBlock(block.body);
    const head = opened.head;
    const { visible: _bits, ...said } = head;
    expectWords(Buffer.from(JSON.stringify(said)), 4_096, what);
    expect(head.grid.cols * head.grid.rows, what).toBeLessThanOrEqual(mostCells);
    expect(
      [...visibleOf(head)].filter((k) => !open.has(k)),
      `${what}: masked cells`,
    ).toEqual([]);
    opened.play({
      frame: ({ levels }) => {
        for (const [k, level] of levels.entries())
          if (level > 100 || (level > 0 && !open.has(k)))
            throw new Error(`${what}: level ${level} of cell ${k}`);
      },
      settings: (_wallMs, settings) => expectWords(Buffer.from(JSON.stringify(settings)), 4_096, what),
      gap: ({ why }) => expectWords(Buffer.from(why), 400, what),
    });
  }
}
