/**
 * Table: what many cuts came to, one line a group, with the limits that are promised.
 */
export interface CutRow {
  readonly group: string;
  readonly reached: boolean;
  readonly problems: readonly string[];
  readonly lostVideoMs: number | null;
  readonly restartMs: number | null;
  readonly unsaved: { readonly events: number; readonly longestMs: number };
}

const mostLostVideoMs = 2_000;
const mostRestartMs = 5_000;

export const limits = {
  isBroken: ({ problems, lostVideoMs, restartMs }: CutRow): boolean =>
    problems.length > 0 || (lostVideoMs ?? 0) > mostLostVideoMs || (restartMs ?? 0) > mostRestartMs,
};

const heads = [
  "",
  "cuts",
  "reached",
  "problems",
  "video lost ms (max)",
  "restart ms (p50, max)",
  "unsaved (max age ms)",
];

export function tableOf(rows: readonly CutRow[]): string {
  const groups: (readonly [string, readonly CutRow[]])[] = [
    ...Map.groupBy(rows, ({ group }) => group),
    ["all", rows],
  ];
  const lines = groups.map(([group, each]) => {
    const restarts = each.flatMap(({ restartMs }) => restartMs ?? []).toSorted((a, b) => a - b);
    const lost = each.flatMap(({ lostVideoMs }) => lostVideoMs ?? []);
    const unsaved = each.flatMap((row) => row.unsaved.events).reduce((sum, count) => sum + count, 0);
    return [
      group,
      each.length,
      each.filter(({ reached }) => reached).length,
      each.flatMap(({ problems }) => problems).length,
      lost.length === 0 ? "-" : `${Math.round(Math.max(...lost))} of ${lost.length}`,
      restarts.length === 0 ? "-" : `${restarts[Math.floor(restarts.length / 2)]}, ${restarts.at(-1)}`,
      `${unsaved} (${Math.max(0, ...each.map((row) => row.unsaved.longestMs))})`,
    ].map(String);
  });
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...lines.map((line) => line[at]?.length ?? 0)),
  );
  const format = (line: readonly string[]): string =>
    `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  const goals = `goals: problems 0, video lost <= ${mostLostVideoMs} ms, restart to recording <= ${mostRestartMs} ms`;
  return [format(heads), rule, ...lines.map(format), goals].join("\n");
}
