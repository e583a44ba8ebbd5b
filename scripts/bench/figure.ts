/**
 * Figure: one measured number with its goal, and how a run of them is printed.
 */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this (`atLeast`: at least); null = no goal, for orientation. */
  readonly goal: number | null;
  readonly atLeast: boolean;
  readonly ok: boolean;
  /** For programs (--json) only: the table would be too long. */
  readonly detail: boolean;
}

export function figure(
  name: string,
  value: number,
  { unit, goal = null, atLeast = false, detail = false }: FigureGoal,
): Figure {
  const ok = goal === null || (atLeast ? value >= goal : value <= goal);
  return { name, value: rounded(value), unit, goal, atLeast, ok, detail };
}

interface FigureGoal {
  readonly unit: string;
  readonly goal?: number | null;
  readonly atLeast?: boolean;
  readonly detail?: boolean;
}

function rounded(value: number): number {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return Number(value.toFixed(digits));
}

/** A Markdown table, so that the README takes it as it is. */
export function tableText(figures: readonly Figure[]): string {
  const shown = figures.filter(({ detail }) => !detail);
  const rows = shown.map(({ name, value, unit, goal, atLeast, ok }) => [
    `\`${name}\``,
    Number.isNaN(value) ? "-" : `${value}`,
    unit,
    goal === null ? "" : `${atLeast ? ">=" : "<="} ${goal}`,
    goal === null ? "" : ok ? "yes" : "**no**",
  ]);
  const all = [["figure", "value", "unit", "goal", "met"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(all[0] ?? []), rule, ...rows.map(line)].join("\n");
}
