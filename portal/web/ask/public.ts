/**
 * Public: what everybody may ask the portal. Shapes are those of portal/api.ts, out of the same build.
 */
import type {
  About,
  AgencyCard,
  AgencyPage,
  BoardPage,
  FeedQuery,
  RequestDetail,
  RequestPage,
  Share,
} from "../../api.ts";
import { ask, askJson } from "./ask.ts";

export const getPortal = (): Promise<About> => askJson<About>("/api/portal");

export function getRequests(query: Partial<FeedQuery>): Promise<RequestPage> {
  return askJson<RequestPage>(`/api/requests?${searchOf(query)}`);
}

export const getRequest = (hash: string): Promise<RequestDetail> =>
  askJson<RequestDetail>(`/api/requests/${encodeURIComponent(hash)}`);

export async function getAgencies(): Promise<readonly AgencyCard[]> {
  return (await askJson<{ agencies: AgencyCard[] }>("/api/agencies")).agencies;
}

export const getAgency = (id: string): Promise<AgencyPage> =>
  askJson<AgencyPage>(`/api/agencies/${encodeURIComponent(id)}`);

export const getBoard = (before: string | null): Promise<BoardPage> =>
  askJson<BoardPage>(`/api/board?${searchOf({ before: before ?? undefined })}`);

export const getShare = (grant: string): Promise<Share> =>
  askJson<Share>(`/api/shares/${encodeURIComponent(grant)}`);

export async function getShareParcel(grant: string): Promise<Blob> {
  return (await ask(`/api/shares/${encodeURIComponent(grant)}/parcel`)).blob();
}

function searchOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.toString();
}
