/**
 * Store: what the portal remembers besides the log's tiles and the parcels' bytes, behind three interfaces.
 *
 * Every promise that resolves means durable. Lists are bounded by their `limit`. One conformance suite
 * (test/contract/portal-store.ts) runs against each database.
 */
import type { Agency } from "../../daemon/consent/agency.ts";
import type { Post } from "../../daemon/consent/post.ts";
import type { IncidentType, Request } from "../../daemon/consent/request.ts";
import type { Envelope } from "../../daemon/identity/envelope.ts";

/** How much of the log is in the index. */
export interface LogHead {
  readonly size: number;
  /** Hex. */
  readonly root: string;
}

export interface LoggedAgency {
  readonly index: number;
  readonly hash: string;
  readonly profile: Agency;
  readonly envelope: Envelope;
}

export interface LoggedRequest {
  readonly index: number;
  readonly hash: string;
  readonly request: Request;
  readonly envelope: Envelope;
  readonly withdrawn: { readonly at: number; readonly by: "agency" | "registrar" } | null;
}

export interface LoggedNote {
  readonly index: number;
  /** Hash of the payload that it speaks about. */
  readonly about: string;
  readonly kind: "note" | "withdrawn";
  readonly text: string;
  readonly issuedAt: number;
}

/** One entry of the log as the index takes it; null = an entry that the index has no place for. */
export type Indexed =
  | { readonly kind: "agency"; readonly entry: LoggedAgency }
  | { readonly kind: "request"; readonly entry: Omit<LoggedRequest, "withdrawn"> }
  | { readonly kind: "withdrawal"; readonly request: string; readonly agency: string; readonly at: number }
  | { readonly kind: "note"; readonly entry: LoggedNote };

export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

export interface FeedFilter {
  readonly agency?: string | undefined;
  readonly type?: IncidentType | undefined;
  readonly state?: "open" | "expired" | "withdrawn" | undefined;
  readonly box?: Box | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only entries before this place of the log. */
  readonly before?: number | undefined;
  readonly nowMs: number;
  readonly limit: number;
}

export interface RequestCounts {
  readonly requests: number;
  readonly open: number;
  readonly withdrawn: number;
}

/** What the public log says, by name. Can be filled again from the log. */
export interface Registry {
  head(): Promise<LogHead | null>;
  /** All of `entries` and the head that they lead to, or nothing. */
  index(entries: readonly Indexed[], head: LogHead): Promise<void>;
  /** The profile with the highest version. */
  agency(id: string): Promise<LoggedAgency | null>;
  /** Highest version first. */
  agencyVersions(id: string): Promise<LoggedAgency[]>;
  /** Whose newest profile names this key, revoked or not; a few more at worst. */
  agenciesWithKey(signKey: string): Promise<LoggedAgency[]>;
  /** The newest of each. */
  agencies(limit: number): Promise<LoggedAgency[]>;
  request(hash: string): Promise<LoggedRequest | null>;
  /** Newest first. */
  requests(filter: FeedFilter): Promise<LoggedRequest[]>;
  /** By the case's one spelling (`normalCase`), in the order of the log. */
  requestsOfCase(agency: string, caseName: string): Promise<LoggedRequest[]>;
  hasRequestId(agency: string, id: string): Promise<boolean>;
  counts(agency: string, nowMs: number): Promise<RequestCounts>;
  /** Oldest first, about any of these hashes. */
  notes(about: readonly string[]): Promise<LoggedNote[]>;
}

/** "agencies/harbour-police", "shares" */
export type DockName = string;

export interface NewParcel {
  /** Names the bytes; who knows it may send them. */
  readonly upload: string;
  readonly dock: DockName;
  readonly grant: string;
  readonly bytes: number;
  readonly letterBytes: number;
  readonly request: string | null;
  readonly createdAt: number;
  /** When it goes, arrived or not, as it stands now. */
  readonly until: number;
}

export interface KeptParcel extends NewParcel {
  /** Null = not all of it is here. */
  readonly arrivedAt: number | null;
  readonly here: boolean;
}

export interface SignedAfter {
  readonly hash: string;
  readonly envelope: Envelope;
}

export interface ParcelCounts {
  readonly received: number;
  readonly receipted: number;
  readonly deletionsAsked: number;
  readonly deletionsDone: number;
  readonly deletionsRefused: number;
}

export interface Parcels {
  create(parcel: NewParcel): Promise<void>;
  byUpload(upload: string): Promise<KeptParcel | null>;
  /** The one that arrived. */
  arrived(dock: DockName, grant: string): Promise<KeptParcel | null>;
  /** Newest first. */
  arrivedAt(dock: DockName, limit: number): Promise<KeptParcel[]>;
  /** False = another one of the same grant arrived before; this one is not kept as arrived. */
  arrive(upload: string, arrivedAt: number, until: number): Promise<boolean>;
  /** Its bytes are gone; that it came is remembered, until then (a share) or for good (null). */
  emptied(upload: string, until: number | null): Promise<void>;
  /** Nothing of it is remembered. */
  forget(upload: string): Promise<void>;
  /** Bytes that are here or on their way. */
  bytesHere(): Promise<number>;
  unfinished(dock: DockName): Promise<number>;
  /** Whose time is over and whose bytes are here. */
  due(nowMs: number, limit: number): Promise<KeptParcel[]>;
  /** Forgets shares that were emptied and need not be remembered any more. */
  forgetShares(nowMs: number): Promise<void>;
  /** How many name this request. */
  countOf(dock: DockName, request: string): Promise<number>;
  counts(dock: DockName): Promise<ParcelCounts>;

  receipt(dock: DockName, grant: string): Promise<SignedAfter | null>;
  /** The first stays. */
  putReceipt(dock: DockName, grant: string, receipt: SignedAfter & { readonly at: number }): Promise<void>;
  /** Oldest first. */
  notices(dock: DockName, grant: string): Promise<Envelope[]>;
  /** The first of each key stays. */
  putNotice(
    dock: DockName,
    grant: string,
    notice: { readonly signKey: string; readonly envelope: Envelope; readonly at: number },
  ): Promise<void>;
  answer(dock: DockName, grant: string): Promise<(SignedAfter & { readonly answer: string }) | null>;
  /** The first stays, but for "deleted" after "kept". */
  putAnswer(
    dock: DockName,
    grant: string,
    answer: SignedAfter & { readonly answer: "deleted" | "kept"; readonly at: number },
  ): Promise<void>;
}

export const postStates = ["pending", "approved", "refused"] as const;
export type PostState = (typeof postStates)[number];

export interface KeptPost {
  readonly hash: string;
  readonly signKey: string;
  readonly post: Post;
  readonly envelope: Envelope;
  readonly state: PostState;
  readonly arrivedAt: number;
  readonly approvedAt: number | null;
  /** The registrar's signature under the approval. */
  readonly approval: Envelope | null;
}

export interface BoardFilter {
  readonly box?: Box | undefined;
  /** "APPROVEDAT-HASH" of the last of the page before. */
  readonly before?: { readonly approvedAt: number; readonly hash: string } | undefined;
  readonly nowMs: number;
  readonly limit: number;
}

export interface Posts {
  /** Nothing when it is there. */
  add(post: Omit<KeptPost, "state" | "approvedAt" | "approval">): Promise<void>;
  post(hash: string): Promise<KeptPost | null>;
  /** Oldest first. */
  pending(limit: number): Promise<KeptPost[]>;
  /** Approved, not expired, newest approval first. */
  board(filter: BoardFilter): Promise<KeptPost[]>;
  decide(
    hash: string,
    decision:
      | { readonly state: "approved"; readonly at: number; readonly approval: Envelope }
      | { readonly state: "refused" },
  ): Promise<void>;
  /** Of this key, pending or on the board. */
  countOf(signKey: string, nowMs: number): Promise<number>;
  pendingCount(): Promise<number>;
  /** Those that expired before. */
  sweep(nowMs: number): Promise<number>;
}

export interface Store extends AsyncDisposable {
  readonly registry: Registry;
  readonly parcels: Parcels;
  readonly posts: Posts;
  /** Nobody else appends to the log meanwhile, in whatever process. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}
