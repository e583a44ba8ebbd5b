/**
 * Cycles: files that import each other in a ring, types included.
 *
 * Depth-first search; each ring is told once, from its first file in path order.
 */
import type { Finding, Source } from "./source.ts";

export function checkCycles(sources: readonly Source[]): Finding[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const rings = new Map<string, Finding>();

  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      const ring = rotate(trail.slice(start));
      const [first = path] = ring;
      const line = byPath.get(first)?.imports.find(({ target }) => target === (ring[1] ?? first))?.line ?? 1;
      rings.set(ring.join(), {
        path: first,
        line,
        message: `import cycle: ${[...ring, first].join(" -> ")}`,
      });
      return;
    }
    if (done.has(path)) return;
    for (const { target } of byPath.get(path)?.imports ?? []) {
      if (byPath.has(target)) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of [...byPath.keys()].sort()) visit(path, []);
  return [...rings.values()];
}

/** The same ring, from its smallest path. */
function rotate(ring: readonly string[]): string[] {
  const first = ring.indexOf([...ring].sort()[0] ?? "");
  return [...ring.slice(first), ...ring.slice(0, first)];
}
