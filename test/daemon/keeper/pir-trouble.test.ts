/** A PIR that does not behave like one: told, not trusted, and taken back when it does again. */
import { expect, test } from "vitest";
import { SimClock } from "../../../hal/sim/clock.ts";
import { openDoor } from "./door.ts";
import { connectTestEye } from "./test-eye.ts";
import { until } from "./page.ts";

const visitMs = 6 * 60_000;

test("a dead PIR is told within a day, with what to do, and the eye judges by the picture alone", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { pir: { warmUpMs: 0 } } });
  await using eye = await connectTestEye(door.paths);
  const said = () => eye.received.flatMap((each) => (each.type === "pir" ? [each.state] : []));
  await until(() => said().length === 1);
  expect(said()).toEqual(["quiet"]);
  for (let visit = 0; visit < 3; visit += 1) {
    await clock.advance(visitMs);
    await door.button.press();
  }
  await clock.advance(120_000);
  await until(() => said().at(-1) === "unknown");
  expect(door.keeper.status().sensors[1]).toMatchObject({ role: "pir", state: "failed" });
  const { problems } = (await (await door.get("/healthz")).json()) as { problems: string[] };
  expect(problems).toContain("pir: the motion sensor says nothing while people stand before it");

  await door.pir.edge(true);
  await until(() => said().at(-1) === "active");
  expect(door.keeper.status().sensors[1]).toMatchObject({ state: "ok" });
});

test("a lost PIR is unknown to the eye, and one that comes back is heard again", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { pir: { warmUpMs: 0 } } });
  await using eye = await connectTestEye(door.paths);
  const said = () => eye.received.flatMap((each) => (each.type === "pir" ? [each.state] : []));
  await until(() => said().length === 1);
  await door.pir.lose();
  await until(() => said().length === 2);
  await clock.advance(1_000);
  await until(() => said().length === 3);
  expect(said()).toEqual(["quiet", "unknown", "quiet"]);
});
