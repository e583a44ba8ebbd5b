/**
 * API: what the page of alerts asks the doorbell. Each change answers everything as it is then.
 */
import type { Rules } from "../../daemon/alerts/rules.ts";
import type { AlertsView, SnoozeAsk } from "../../daemon/wire/api-alerts.ts";
import { ask, sending } from "../state/api.ts";

/** Whose rules and snooze. */
export type Whose = "own" | "house";

const bases: Readonly<Record<Whose, string>> = { own: "/api/alerts", house: "/api/alerts/house" };

async function view(path: string, init: RequestInit = {}): Promise<AlertsView> {
  return (await (await ask(path, init)).json()) as AlertsView;
}

export const getAlerts = (): Promise<AlertsView> => view("/api/alerts");

export const putRules = (whose: Whose, rules: Rules): Promise<AlertsView> =>
  view(`${bases[whose]}/rules`, sending("PUT", rules));

export const putSnooze = (whose: Whose, snooze: Omit<SnoozeAsk, "timeZone">): Promise<AlertsView> =>
  view(`${bases[whose]}/snooze`, sending("PUT", { ...snooze, timeZone: browserZone() }));

export const endSnooze = (whose: Whose): Promise<AlertsView> =>
  view(`${bases[whose]}/snooze`, { method: "DELETE" });

/** Where this browser is. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
