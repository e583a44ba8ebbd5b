/**
 * A whole doorbell before a real portal: what the portal publishes is what the doorbell has checked, and what it
 * says about it.
 */
import { expect, test, vi } from "vitest";
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import {
  agencyOf,
  register,
  requestOf,
  signedRequest,
  signInAgency,
  startPortal,
} from "../../scripts/rigs/portal.ts";

const wait = { timeout: 90_000, interval: 250 };

test("a doorbell takes the log of a real portal as it is, and tells it nothing", async () => {
  await using rig = await startPortal();
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  const desk = await signInAgency(rig.url, agency);
  const envelope = signedRequest(agency, requestOf(agency, Date.now()));
  expect((await desk.post("/api/desk/requests", envelope)).status).toBe(201);
  const { logKey, registrar } = rig.portal.keys;
  await using daemon = await startDaemon({
    flags: [
      `--portal.url=${rig.url}`,
      `--portal.logKey=${logKey}`,
      `--portal.registrarKey=${registrar.signKey}`,
      "--portal.pollMinutes=1",
    ],
  });
  await vi.waitFor(
    async () => expect(await feedOf(daemon)).toMatchObject({ state: "current", size: 2 }),
    wait,
  );
  // neither profile nor request is refused; this house has said nothing of its place
  expect((await feedOf(daemon)).counts).toEqual({ "not-matched": 1 });
  expect(await rig.portal.store.parcels.bytesHere()).toBe(0);
});

async function feedOf({ owner }: Daemon): Promise<Requests["feed"]> {
  return (await getJson<Requests>(owner, "/api/requests")).feed;
}
