/**
 * Zones check: can these motion zones mean what they say? In words, for the one who drew them.
 *
 * Refused: a polygon that is no area, a name twice, a rule for a zone that is not there, and a zone in
 * which nothing can be seen. Zones are not signed: they decide what is told, never what is seen.
 */
import { isDeepStrictEqual } from "node:util";
import { Fault } from "../../hal/fault.ts";
import type { Actions } from "../alerts/zone-actions.ts";
import type { Policy } from "../policy/policy.ts";
import { polygonProblem } from "../policy/polygon.ts";
import { isAnySeenWithin } from "../policy/seen-within.ts";
import { ruleProblem } from "../sight/rules.ts";
import type { Zones } from "../wire/api-household.ts";

/**
 * What is told and what a label needs is the owners' to decide: throws Fault `denied` where that is another. A zone that says
 * something of it stays under its name: without it the whole picture would speak.
 */
export function checkWhatKept(before: Zones, after: Zones): void {
  const [was, is] = [saidIn(before), saidIn(after)];
  const gone = [...was.keys()].find((name) => after.zones.every((zone) => zone.name !== name));
  if (gone !== undefined)
    throw new Fault("denied", `what is told of the zone ${gone}, owners decide`, {
      hint: "keep it under its name and draw it as you like; an owner deletes or renames it",
    });
  if (!isDeepStrictEqual([before.what, before.thresholds, was], [after.what, after.thresholds, is]))
    throw new Fault("denied", "what is told of a zone, owners decide", {
      hint: "draw the zones, and let an owner choose what happens there",
    });
}

/** What zones say of their own, by name. */
function saidIn({ zones }: Zones): Map<string, Actions> {
  return new Map(
    zones.flatMap(({ name, what = {} }) => (Object.keys(what).length === 0 ? [] : [[name, what] as const])),
  );
}

/** Throws Fault `invalid` that names the zone. `policy` null = there is none yet. */
export function checkZones(zones: Zones, policy: Policy | null): void {
  for (const [index, { name, polygon }] of zones.zones.entries()) {
    const zone = `zone ${index + 1} (${name})`;
    const problem = polygonProblem(polygon);
    if (problem !== null) throw new Fault("invalid", `${zone} is no area: ${problem}`);
    if (zones.zones.findIndex((each) => each.name === name) !== index)
      throw new Fault("invalid", `${zone} has the name of another one`);
    if (policy === null)
      throw new Fault("invalid", `${zone} shows nothing: there is no property line yet`, {
        hint: "an owner draws the property line first",
      });
    if (!isAnySeenWithin(polygon, { shape: policy, picture: policy.picture }))
      throw new Fault("invalid", `${zone} lies outside the property line: nothing can be seen there`, {
        hint: "draw it where the picture is not black",
      });
  }
  const problem = ruleProblem(zones.zones, zones.rules);
  if (problem !== null)
    throw new Fault("invalid", problem, { hint: "name one of the zones, or none for all of them" });
}
