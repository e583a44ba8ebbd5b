/**
 * API: what the page of the self-test asks the doorbell.
 */
import type { SelftestPast, SelftestState } from "../../daemon/wire/api-selftest.ts";
import type { SelftestReport } from "../../daemon/wire/selftest.ts";
import { ask, sending } from "../state/api.ts";

export type PastLine = SelftestPast["reports"][number];

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await ask(path, init)).json()) as T;
}

const pathOf = (id: string): string => `/api/selftests/${encodeURIComponent(id)}`;

export const getState = (): Promise<SelftestState> => json("/api/selftest");
export const startTest = (attended: boolean): Promise<SelftestState> =>
  json("/api/selftest", sending("POST", { attended }));
export const stopTest = async (): Promise<void> => void (await ask("/api/selftest", { method: "DELETE" }));
export const getPast = async (): Promise<readonly PastLine[]> =>
  (await json<SelftestPast>("/api/selftests")).reports;
export const getReport = (id: string): Promise<SelftestReport> => json(pathOf(id));
export const deleteReport = async (id: string): Promise<void> =>
  void (await ask(pathOf(id), { method: "DELETE" }));

export const reportFiles = {
  json: pathOf,
  html: (id: string): string => `${pathOf(id)}/html`,
  junit: (id: string): string => `${pathOf(id)}/junit`,
  picture: (id: string): string => `${pathOf(id)}/picture`,
} as const;
