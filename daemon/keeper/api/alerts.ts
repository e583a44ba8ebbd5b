/**
 * Routes of alerts: everybody's own rules and snooze; the house's, which owners decide; what was told and what not.
 *
 * Each change answers the whole as it is now, and every open page is told that it is another.
 */
import { asMeant } from "../../alerts/kinds.ts";
import { snoozeEnd, type Snooze } from "../../alerts/snooze.ts";
import { rulesSchema } from "../../alerts/rules.ts";
import { alertsSchema, snoozeAskSchema, type AlertsView, type SnoozeAsk } from "../../wire/api-alerts.ts";
import { channelsOf } from "../told/channels.ts";
import { house } from "../told/rules-book.ts";
import { wireFault } from "../wire-fault.ts";
import { readZones } from "../zones-file.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

const lengthWords: Readonly<Record<SnoozeAsk["length"], string>> = {
  "15m": "for a quarter of an hour",
  "1h": "for an hour",
  morning: "until the morning",
  open: "until somebody ends it",
};

export function alertRoutes(api: Api, { parts, paths }: ApiContext): void {
  const { rules, audience, channels, courier, settings, clock, history, houseSnooze } = parts;
  const response = { 200: alertsSchema, ...errorAnswers };
  const own = { config: { allow: viewers } };
  const owners = { config: { allow: ["owner"] as const } };

  const view = async (person: string): Promise<AlertsView> => {
    const of = (listener: string) => ({
      rules: rules.rules(listener),
      snooze: rules.snooze(listener),
      held: audience.held(listener),
    });
    const { zones } = await readZones(paths.zones, settings.motion);
    return {
      own: of(person),
      house: {
        ...of(house),
        kinds: asMeant(settings.alerts.kinds),
        channels: channels.states(channelsOf(settings), courier.status),
      },
      recent: audience.log.of(person),
      zones: zones.map(({ name }) => name),
      fault: rules.fault === null ? null : wireFault(rules.fault),
    };
  };
  const endOf = ({ length, timeZone }: SnoozeAsk): number | null =>
    snoozeEnd(length, Math.round(clock.wallMs()), timeZone);

  api.get(
    "/api/alerts",
    { ...own, schema: { summary: "Who is told of what, and what was told lately", response } },
    async (request) => view(signedInCaller(request).person.id),
  );

  api.put(
    "/api/alerts/rules",
    { ...own, schema: { summary: "What you want to be told, and when not", body: rulesSchema, response } },
    async (request) => {
      const { id } = signedInCaller(request).person;
      await rules.putRules(id, request.body);
      return view(id);
    },
  );

  api.put(
    "/api/alerts/snooze",
    { ...own, schema: { summary: "Tells you nothing for a while", body: snoozeAskSchema, response } },
    async (request) => {
      const { id, name } = signedInCaller(request).person;
      const snooze: Snooze = {
        sinceWallMs: Math.round(clock.wallMs()),
        untilWallMs: endOf(request.body),
        ringThrough: request.body.ringThrough,
        by: name,
      };
      await rules.putSnooze(id, snooze);
      return view(id);
    },
  );

  api.delete(
    "/api/alerts/snooze",
    { ...own, schema: { summary: "Ends your snooze", response } },
    async (request) => {
      const { id } = signedInCaller(request).person;
      await rules.putSnooze(id, null);
      return view(id);
    },
  );

  api.put(
    "/api/alerts/house/rules",
    {
      ...owners,
      schema: { summary: "What ntfy and webhook are told, and when not", body: rulesSchema, response },
    },
    async (request) => {
      const { id, name } = signedInCaller(request).person;
      await history.append({ who: name, what: "alerts", detail: "the rules of the house's channels" });
      await rules.putRules(house, request.body);
      return view(id);
    },
  );

  api.put(
    "/api/alerts/house/snooze",
    {
      ...owners,
      schema: { summary: "Tells ntfy and webhook nothing for a while", body: snoozeAskSchema, response },
    },
    async (request) => {
      const { id, name } = signedInCaller(request).person;
      const { ringThrough, length } = request.body;
      const howLong = lengthWords[length];
      await houseSnooze.begin(name, { untilWallMs: endOf(request.body), ringThrough, howLong });
      return view(id);
    },
  );

  api.delete(
    "/api/alerts/house/snooze",
    { ...owners, schema: { summary: "Ends the snooze of ntfy and webhook", response } },
    async (request) => {
      const { id, name } = signedInCaller(request).person;
      await houseSnooze.end(name);
      return view(id);
    },
  );
}
