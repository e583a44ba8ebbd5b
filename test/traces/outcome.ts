/**
 * Outcome: what a trace comes to, in the form that lies beside it. `node outcome.ts FILE` prints it.
 */
import { createReadStream } from "node:fs";
import { replayTrace } from "../../hal/trace/replay.ts";

/** Presses and levels in milliseconds, short of which there is no place to be wrong in a table. */
export async function outcomeOf(file: string): Promise<unknown> {
  const played: string[] = [];
  const replay = await replayTrace({
    chunks: createReadStream(file),
    onPlayed: (one) => {
      if (one.type === "frame") return;
      const what = one.type === "press" ? "pressed" : one.active ? "active" : "inactive";
      played.push(`${(one.atNs / 1e6).toFixed(3)} ms ${one.line} ${what}`);
    },
  });
  const { state, reason, lines, camera, wallSteps, left, differences, playedSha256 } = replay;
  const counts = lines.map(({ line, edges, outcomes, missed, losses }) => [
    line,
    { edges, outcomes, missed, losses },
  ]);
  return {
    state,
    reason,
    played,
    lines: Object.fromEntries(counts) as unknown,
    camera,
    wallSteps,
    left,
    differences,
    playedSha256,
  };
}

const [file] = process.argv.slice(2);
if (import.meta.main && file !== undefined) {
  process.stdout.write(`${JSON.stringify(await outcomeOf(file), null, 2)}\n`);
}
