/**
 * Routes of motion zones: where movement counts. Not signed, because they show nothing.
 */
import { zonesSchema } from "../../wire/api-household.ts";
import { Turns } from "../../files/turns.ts";
import { toFault } from "../../../hal/fault.ts";
import { liftIgnored } from "../lift-ignored.ts";
import { faultFields } from "../log.ts";
import { checkWhatKept, checkZones } from "../zones-check.ts";
import { readZones } from "../zones-file.ts";
import { zonesWords } from "../zones-words.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

/** 16 zones of 256 corners. */
const maxZonesBytes = 256 * 1024;

export function zoneRoutes(api: Api, { parts, paths }: ApiContext): void {
  const { settings, history, eye, policies, drawnZones } = parts;
  const turns = new Turns();

  api.get(
    "/api/zones",
    {
      config: { allow: ["owner", "member", "installer"] },
      schema: { summary: "Where motion counts", response: { 200: zonesSchema, ...errorAnswers } },
    },
    async () => readZones(paths.zones, settings.motion),
  );

  api.put(
    "/api/zones",
    {
      config: { allow: ["owner", "installer"] },
      bodyLimit: maxZonesBytes,
      schema: {
        summary:
          "Draws the motion zones anew (none = everywhere that is visible), with sensitivities and rules",
        body: zonesSchema,
        response: { 200: zonesSchema, ...errorAnswers },
      },
    },
    async (request) => {
      const { person } = signedInCaller(request);
      const zones = request.body;
      checkZones(zones, policies.policy);
      await turns.take(async () => {
        const before = await readZones(paths.zones, settings.motion);
        if (person.role !== "owner") checkWhatKept(before, zones);
        const detail = zonesWords(before, zones);
        await history.append({ who: person.name, what: "zones", detail });
        await drawnZones.write(zones);
      });
      eye.send({ type: "zones-changed" });
      // the rules are kept, whatever comes of this
      await liftIgnored(parts).catch((error: unknown) => {
        request.log.warn(faultFields(toFault(error)), "what is ignored no more stays hidden");
      });
      return zones;
    },
  );
}
