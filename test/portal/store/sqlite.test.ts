import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../hal/clock.ts";
import { openStore } from "../../../portal/store/open.ts";
import { portalStoreContract } from "../../contract/portal-store.ts";

const fresh = (): Promise<string> => mkdtemp(join(tmpdir(), "sill-portal-store-"));

portalStoreContract(async () => openStore({ data: await fresh(), url: "", clock: systemClock }));

test("a second process on the same folder sees what the first wrote", async () => {
  const data = await fresh();
  await using one = await openStore({ data, url: "", clock: systemClock });
  await using two = await openStore({ data, url: "", clock: systemClock });
  await one.registry.index([], { size: 4, root: "aa" });
  expect(await two.registry.head()).toEqual({ size: 4, root: "aa" });
  await one.alone(() => one.registry.index([], { size: 5, root: "bb" }));
  await two.alone(async () => expect(await two.registry.head()).toEqual({ size: 5, root: "bb" }));
});
