/**
 * Known request: a public request that was verified and put to this house, as grants need to know it.
 *
 * A grant for a request must be for exactly its `sealTo` and `deliverTo`, and is taken only while the
 * request may be answered. What the owner decides about it is told nowhere but here and in the ledger.
 */
import type { Request } from "../../consent/request.ts";
import type { requestStates } from "../../wire/api-consent.ts";

export type RequestState = (typeof requestStates)[number];

export interface KnownRequest {
  /** Hex SHA-256 of its payload. */
  readonly hash: string;
  readonly request: Request;
  /** As its profile said when the request was shown. */
  readonly agency: { readonly id: string; readonly name: string; readonly signKeys: readonly string[] };
  readonly state: RequestState;
}

export interface RequestLookup {
  /** Null = it was never shown here, or so long ago that it is forgotten. */
  requestByHash(hash: string): KnownRequest | null;
  /**
   * The request, if a grant for it may be taken now: shown and not over.
   * Throws Fault `not-found` or `denied` with words for the owner.
   */
  answerable(hash: string): KnownRequest;
  /** A grant for it is on the disk. Durable when it resolves; again = nothing. */
  granted(hash: string): Promise<void>;
  /** The grant was cancelled before anything left: it is as it was before. Durable when it resolves. */
  grantCancelled(hash: string): Promise<void>;
  /** Keys that the agency's newest profile lists and has not revoked: who may sign a receipt. */
  agencyKeys(agency: string): readonly string[];
}
