/**
 * Late keyboard: what moves the keyboard in a page does so with the page, not after the next paint.
 *
 * `useEffect` runs after a paint, on a busy machine long after: a key pressed in between goes where the keyboard was, and
 * a field that somebody has begun to type in loses it. `useLayoutEffect` runs before anybody sees the page.
 */
import { Visitor } from "vite";
import type { Finding, Source } from "./source.ts";

const moves = /\.(?:focus|showModal|showPopover)\(/u;

export function checkLateKeyboard(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const { path, text, program, lineAt } of sources) {
    if (!/^(?:portal\/)?web\//u.test(path)) continue;
    new Visitor({
      CallExpression: ({ callee, start, end }) => {
        const isLate = callee.type === "Identifier" && callee.name === "useEffect";
        if (!isLate || !moves.test(text.slice(start, end))) return;
        findings.push({ path, line: lineAt(start), message: "moves the keyboard late: useLayoutEffect" });
      },
    }).visit(program);
  }
  return findings;
}
