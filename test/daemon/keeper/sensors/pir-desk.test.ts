import { expect, test } from "vitest";
import { PirDesk } from "../../../../daemon/keeper/sensors/pir-desk.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";

const hourMs = 3_600_000;

test("one that is wired the other way round is told once, with the setting that puts it right", async () => {
  const clock = new SimClock();
  const told: (string | undefined)[] = [];
  const said: string[] = [];
  using desk = new PirDesk({
    clock,
    warmUpMs: 0,
    activeLow: false,
    onState: ({ state }) => said.push(state),
    onTrouble: (fault) => told.push(fault?.hint),
  });
  const edge = (active: boolean): boolean =>
    desk.edge({ active, monoMs: clock.monoMs(), wallMs: clock.wallMs() });
  desk.opened({ active: true });
  for (let visit = 0; visit < 5; visit += 1) {
    await clock.advance(hourMs - 1);
    edge(false);
    await clock.advance(4_000);
    edge(true);
  }
  expect(told).toEqual([expect.stringMatching(/set pir.activeLow to true/u)]);
  expect(said.at(-1)).toBe("unknown");
});
