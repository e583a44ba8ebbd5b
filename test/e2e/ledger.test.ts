/**
 * The record of the house, as a browser sees it over visits: it grows, and it is noticed when it does not.
 */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort, startDaemon } from "../../scripts/rigs/daemon.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { openPage } from "./browser.ts";

test("a card that was set back raises an alarm that stays until it is acknowledged", async () => {
  const data = await mkdtemp(join(tmpdir(), "sill-rig-"));
  const { ledger } = dataPaths(data);
  const flags = [`--web.port=${await freePort()}`];
  const copy = join(data, "copy");
  await (await startDaemon({ data, flags })).stop();
  await cp(ledger, copy, { recursive: true });

  await using daemon = await startDaemon({ data, flags });
  await using watched = await openPage(`${daemon.url}#/history`);
  const { page } = watched;
  await page.getByText(/^Checked: \d+ entries/u).waitFor();
  expect(await page.getByTestId("ledger-alarm").count()).toBe(0);
  await daemon.stop();
  await rm(ledger, { recursive: true });
  await cp(copy, ledger, { recursive: true });

  await using restored = await startDaemon({ data, flags });
  await page.goto(restored.url);
  await page.getByTestId("ledger-alarm").waitFor();
  await page.reload();
  await page.getByTestId("ledger-alarm").waitFor();
  await page.getByText("I have seen this").click();
  await page.getByTestId("ledger-alarm").waitFor({ state: "detached" });
  await page.reload();
  await page.goto(`${restored.url}#/history`);
  await page.getByText(/^Checked: \d+ entries/u).waitFor();
  expect(await page.getByTestId("ledger-alarm").count()).toBe(0);
  await restored.stop();
  await rm(data, { recursive: true });
});
