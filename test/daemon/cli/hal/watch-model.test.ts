/**
 * Lines live: the rows, their strips, and a terminal that is left as it was found.
 */
import { expect, test } from "vitest";
import { Painter } from "../../../../daemon/cli/hal/painter.ts";
import { letters, WatchModel } from "../../../../daemon/cli/hal/watch-model.ts";
import { Fault } from "../../../../hal/fault.ts";

const edge = (active: boolean) => ({
  type: "edge" as const,
  line: "button",
  edge: { active, monoMs: 0, wallMs: 0 },
});

function modelOf(active: boolean | null = false): WatchModel {
  const model = new WatchModel();
  model.add({ line: "button", name: "gpio pinctrl-rp1 17", active });
  return model;
}

test("a row has level, edges, rate, the last change, and what the last ten seconds were", () => {
  const model = modelOf();
  model.take(edge(true), 5_000);
  model.take(edge(false), 7_500);
  expect(model.rows(10_000, 10, letters)).toEqual([
    ["button", "inactive", "2", "0.2/s", "2 s", "____|##|__"],
  ]);
});

test("what left the strip still says at which level it began", () => {
  const model = modelOf(null);
  expect(model.rows(0, 4, letters)[0]?.at(-1)).toBe("....");
  model.take(edge(true), 1_000);
  expect(model.rows(60_000, 4, letters)).toEqual([["button", "active", "1", "0.0/s", "59 s", "####"]]);
});

test("a line gone wild is counted in full and remembered in part", () => {
  const model = modelOf();
  for (let index = 0; index < 100_000; index += 1) model.take(edge(index % 2 === 0), 1_000 + index / 100);
  const [row] = model.rows(2_001, 5, letters);
  expect([row?.[2], row?.at(-1)]).toEqual(["100000", "____|"]);
});

test("edges that the kernel lost stand beside those that came; a lost line says why", () => {
  const model = modelOf();
  model.take({ type: "missed", line: "button", count: 7 }, 100);
  expect(model.rows(200, 1, letters)[0]?.[2]).toBe("0+7");
  model.take(
    { type: "lost", line: "button", fault: new Fault("unavailable", "the GPIO line was taken away") },
    300,
  );
  expect(model.rows(400, 1, letters)).toEqual([["button", "lost: the GPIO line was taken away"]]);
  model.take({ type: "opened", line: "button", active: true }, 500);
  expect(model.rows(600, 1, letters)[0]?.[1]).toBe("active");
});

function screenOf(columns: number, rows: number) {
  const written: string[] = [];
  return {
    written,
    screen: { write: (text: string) => void written.push(text), size: () => ({ columns, rows }) },
  };
}

test("the painter goes up as far as it drew, cuts what is too wide, and shows the cursor at the end", () => {
  const { written, screen } = screenOf(5, 10);
  const painter = new Painter(screen);
  painter.paint(["1234567", "ab"]);
  painter.paint(["x"]);
  painter.end();
  painter.end();
  painter.paint(["never"]);
  expect(written).toEqual([
    "\u001B[?25l",
    "\r\u001B[J12345\r\nab\r\n",
    "\u001B[2A\r\u001B[Jx\r\n",
    "\u001B[?25h",
  ]);
});

test("on a terminal of three rows the rest is counted, so that nothing scrolls", () => {
  const { written, screen } = screenOf(40, 3);
  new Painter(screen).paint(["a", "b", "c", "d"]);
  expect(written[1]).toContain("a\r\n3 more lines\r\n");
});
