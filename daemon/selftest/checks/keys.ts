/**
 * Whose doorbell is it, who may watch, and is a line in force? Read from the signed files and verified here.
 */
import { readFile } from "node:fs/promises";
import { Fault, toFault } from "../../../hal/fault.ts";
import { replayHousehold, viewersOf, type Household } from "../../household/household.ts";
import { readRecords } from "../../household/record-files.ts";
import { readDeviceName } from "../../identity/device-key.ts";
import { openPolicy } from "../../policy/policy.ts";
import { pathsOf, type DataPaths } from "../../wire/paths.ts";
import type { Check } from "../check.ts";
import { failed, orFailed, passed } from "./said.ts";

export const keysThere: Check = {
  id: "keys",
  group: "system",
  title: "The doorbell has a key, an owner, and somebody who may watch",
  mostMs: 5_000,
  async run({ settings }) {
    return orFailed(async () => {
      const household = await householdOf(pathsOf(settings));
      if (household === null)
        return failed("the doorbell has no key yet", "start it once: sill run makes one");
      const { people } = household;
      const owners = people.filter(({ role }) => role === "owner").length;
      if (owners === 0)
        return failed("it belongs to nobody, so nothing is recorded", "pair it: sill pair prints the code");
      const viewers = viewersOf(household).length;
      if (viewers === 0)
        return failed(
          "nobody could open a recording, so none is made",
          "enrol an owner on the page of people",
        );
      return passed(`${count(owners, "owner")}, ${count(viewers, "person")} who may watch`);
    }, "put the file back from a backup");
  },
};

export const policyInForce: Check = {
  id: "policy",
  group: "system",
  title: "A signed property line is there",
  mostMs: 5_000,
  async run({ settings }) {
    const paths = pathsOf(settings);
    const advice = "draw the property line on the page and sign it; until then the whole picture is masked";
    return orFailed(async () => {
      const household = await householdOf(paths);
      const envelope = await readJson(paths.policy);
      if (household === null || envelope === null) return failed("no property line was ever signed", advice);
      const { value } = openPolicy(envelope, household);
      return passed(`number ${value.version}, of ${new Date(value.issuedAt).toISOString().slice(0, 10)}`);
    }, advice);
  },
};

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`.replace("persons", "people");
}

/** Null = there is no key yet. */
async function householdOf(paths: DataPaths): Promise<Household | null> {
  const device = await readDeviceName(paths.deviceKey);
  return device === null ? null : replayHousehold(await readRecords(paths.household), device);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault("corrupt", `${path} is no JSON`, { cause: error });
    const fault = toFault(error);
    if (fault.kind === "not-found") return null;
    throw fault;
  }
}
