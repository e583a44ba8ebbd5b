import { expect, test } from "vitest";
import { Turn } from "../../../models/runner/turn.ts";

const nobody = new AbortController().signal;
const cancelled = expect.objectContaining({ kind: "cancelled" });

test("one at a time; of those who wait the newest comes next, and the others are told and counted", async () => {
  const turn = new Turn();
  const done = await turn.take(nobody);
  const order: string[] = [];
  const waiting = ["second", "third", "fourth"].map((name) =>
    turn.take(nobody).then(
      (end) => {
        order.push(name);
        end();
      },
      (error: unknown) => {
        order.push(`not ${name}`);
        throw error;
      },
    ),
  );
  const settled = Promise.allSettled(waiting);
  done();
  expect((await settled).map((each) => (each.status === "rejected" ? each.reason : "had its turn"))).toEqual([
    cancelled,
    cancelled,
    "had its turn",
  ]);
  expect(order).toEqual(["not second", "not third", "fourth"]);
  expect(turn.dropped).toBe(2);
  (await turn.take(nobody))(); // and it is free again
});

test("who gives up while waiting has no turn, and does not count as dropped", async () => {
  const turn = new Turn();
  const done = await turn.take(nobody);
  const control = new AbortController();
  const gone = turn.take(control.signal);
  control.abort();
  await expect(gone).rejects.toMatchObject({ kind: "cancelled" });
  done();
  (await turn.take(nobody))();
  expect(turn.dropped).toBe(0);
  await expect(turn.take(control.signal)).rejects.toMatchObject({ kind: "cancelled" });
});

test("who gives up during the turn keeps it until it ends", async () => {
  const turn = new Turn();
  const control = new AbortController();
  const done = await turn.take(control.signal);
  control.abort();
  let begun = false;
  const next = turn.take(nobody).then((end) => {
    begun = true;
    return end;
  });
  await Promise.resolve();
  expect(begun).toBe(false);
  done();
  (await next)();
});
