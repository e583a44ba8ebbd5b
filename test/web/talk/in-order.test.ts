import { expect, test } from "vitest";
import { InOrder } from "../../../web/talk/in-order.ts";

/** Says what it is told to when it is let. */
function heldBack() {
  const said: boolean[] = [];
  const waiting: { readonly wish: boolean; readonly go: (fault?: Error) => void }[] = [];
  const order = new InOrder<boolean>(
    (wish) =>
      new Promise((resolve, reject) => {
        waiting.push({
          wish,
          go: (fault) => {
            if (fault !== undefined) return reject(fault);
            said.push(wish);
            resolve();
          },
        });
      }),
  );
  return { said, waiting, order };
}

test("one word is on its way at a time, and the newest wish is the last one said", async () => {
  const { said, waiting, order } = heldBack();
  const all = [order.wish(true), order.wish(false), order.wish(true), order.wish(false)];
  expect(waiting).toHaveLength(1);
  waiting[0]?.go();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.go();
  await Promise.all(all);
  expect(said).toEqual([true, false]);
});

test("a wish that is back where it was needs no word of its own", async () => {
  const { said, waiting, order } = heldBack();
  const all = [order.wish(true), order.wish(false), order.wish(true)];
  waiting[0]?.go();
  await Promise.all(all);
  expect(said).toEqual([true]);
});

test("after a word that could not be said the next wish begins anew", async () => {
  const { said, waiting, order } = heldBack();
  const first = order.wish(true);
  waiting[0]?.go(new Error("nobody there"));
  await expect(first).rejects.toThrow("nobody there");
  const second = order.wish(true);
  waiting[1]?.go();
  await second;
  expect(said).toEqual([true]);
});
