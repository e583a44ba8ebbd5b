/** A worker that is given up is said so: browsers never settle what waits for it. */
import { expect, test } from "vitest";
import { installed } from "../../../web/shell/installed.ts";

class Installing extends EventTarget {
  state: ServiceWorkerState = "installing";

  turn(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

const never = <T>(): Promise<T> => new Promise(() => {});

test("one that gets to work is waited for", async () => {
  const installing = new Installing();
  const ready = Promise.withResolvers<string>();
  const found = installed({ installing, waiting: null, active: null }, ready.promise, never());
  installing.turn("installed");
  ready.resolve("at work");
  expect(await found).toBe("at work");
});

test.each([
  ["while it installs", (each: Installing) => each.turn("redundant")],
  ["before anybody looked", () => {}],
])("one that is given up %s is a fault", async (_when, act) => {
  const installing = new Installing();
  if (_when === "before anybody looked") installing.state = "redundant";
  const found = installed({ installing, waiting: null, active: null }, never(), never());
  act(installing);
  await expect(found).rejects.toMatchObject({ kind: "unavailable" });
});

test("an upgrade that is given up leaves the one before at work", async () => {
  const installing = new Installing();
  const ready = Promise.withResolvers<string>();
  const found = installed({ installing, waiting: null, active: {} }, ready.promise, never());
  installing.turn("redundant");
  ready.resolve("the one before");
  expect(await found).toBe("the one before");
});

test("one that takes too long is a fault", async () => {
  const installing = new Installing();
  const found = installed({ installing, waiting: null, active: null }, never(), Promise.resolve());
  await expect(found).rejects.toMatchObject({ kind: "unavailable" });
});
