/**
 * Judge: one entry of the log after the other, in the log's order. Each either changes what is known, is passed
 * by, or is rejected with a code.
 *
 * Cheapest first. What a request says and who it claims to be from is checked before any signature, and the
 * signature last of all: only for a request that fits every limit and reaches this house. For all others
 * the answer is the same silence, whoever signed. So a forged one costs no more than a request for another town,
 * and a flood of them aimed at this very house is cut short: a portal that checks what it publishes has no
 * entry whose signature does not fit, so after some of them no more signatures by that key are looked at in this
 * round. What such a portal could hide in this way it could as well not publish. Profiles are never passed over
 * like that, because one could take a key away: too many forged ones end the round. Whether a round ends may depend
 * on nothing but the log, for where the next one begins is seen outside: what is only looked at because it concerns this
 * house (requests, withdrawals, the registrar's words about one) is passed over and ends nothing.
 *
 * A request counts for its case and its number as soon as it fits the limits. Ends with `learned`, which is
 * nothing yet: the round's checkpoint must agree first.
 */
import { agencySchema, type Agency } from "../../../consent/agency.ts";
import {
  agencyProblem,
  limitProblems,
  normalCase,
  parseRequest,
  timeProblem,
} from "../../../consent/check-request.ts";
import type { Place } from "../../../consent/common.ts";
import { moderationSchema } from "../../../consent/moderation.ts";
import { distanceM } from "../../../consent/place.ts";
import type { RejectCode } from "../../../consent/reject-codes.ts";
import { withdrawalSchema, type Request } from "../../../consent/request.ts";
import { payloadTypes } from "../../../identity/envelope.ts";
import type { RequestRecord } from "../request-record.ts";
import { ageOfKey, goodKeys, mostAgencies, withProfile, type Agencies } from "./agencies.ts";
import { forgedRegistrar } from "./alarms.ts";
import { hashOf, readEntry, Signatures, type Entry } from "./entry.ts";
import { keyOf, otherKey, type SeenKeys } from "./seen-keys.ts";

/** Bad signatures in one round, by one key, by all agencies; under profiles, under words about this house's requests. */
const mostForgedByKey = 64;
const mostForged = 2_000;
const mostForgedProfiles = 1_000;
const mostForgedWords = 1_000;
/** Requests that wait for this house's answer, of one agency and of all. */
const mostOpenOfAgency = 50;
const mostOpen = 200;
const mostEffects = 10_000;

const nameSchema = agencySchema.pick({ id: true, version: true }).strip();

/** Why it is not shown although nothing is wrong with it. */
export type PassedBy = "not-matched" | "no-recording";

/** What a round will have changed, in the log's order. */
export type Effect =
  | { readonly type: "found"; readonly record: RequestRecord }
  | { readonly type: "withdrawn"; readonly hash: string; readonly note: string | null }
  | { readonly type: "note"; readonly hash: string; readonly text: string }
  | { readonly type: "profile"; readonly profile: Agency };

/** A request that can still be shown or answered. */
export interface OpenRequest {
  readonly hash: string;
  readonly agency: string;
}

export interface JudgeOptions {
  readonly registrarKey: string;
  readonly agencies: Agencies;
  readonly seen: SeenKeys;
  readonly open: readonly OpenRequest[];
  readonly place: () => Place | null;
  /** Null = the clock is not trusted. */
  readonly nowMs: () => number | null;
}

export interface Learned {
  readonly agencies: Agencies;
  readonly counts: Readonly<Record<string, number>>;
  readonly effects: readonly Effect[];
}

export class Judge {
  readonly #options: JudgeOptions;
  readonly #signatures = new Signatures();
  readonly #open = new Map<string, string>();
  readonly #openOfAgency = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #forged = new Map<string, number>();
  readonly #effects: Effect[] = [];
  #agencies: Agencies;
  #forgedCount = 0;
  #forgedProfiles = 0;
  #forgedWords = 0;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#agencies = options.agencies;
    for (const { hash, agency } of options.open) this.#addOpen(hash, agency);
  }

  get learned(): Learned {
    return {
      agencies: this.#agencies,
      counts: Object.fromEntries(this.#counts),
      effects: this.#effects,
    };
  }

  /** Throws PortalLies when the registrar's name is on too many forged profiles. */
  judge(bytes: Uint8Array, logIndex: number): void {
    const entry = readEntry(bytes);
    const code = typeof entry === "string" ? entry : this.#judge(entry, logIndex);
    if (code !== null) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  #judge(entry: Entry, logIndex: number): RejectCode | PassedBy | null {
    switch (entry.payloadType) {
      case payloadTypes.request:
        return this.#request(entry, logIndex);
      case payloadTypes.agency:
        return this.#profile(entry);
      case payloadTypes.withdrawal:
        return this.#withdrawal(entry);
      case payloadTypes.moderation:
        return this.#moderation(entry);
      default:
        return "bad-shape";
    }
  }

  #request(entry: Entry, logIndex: number): RejectCode | PassedBy | null {
    const request = parseRequest(entry.json);
    if (typeof request === "string") return request;
    const known = this.#agencies.get(request.agency);
    const problem =
      limitProblems(request)[0] ??
      agencyProblem(request, known?.profile ?? null, entry.signKey) ??
      this.#remember(request) ??
      this.#timeProblem(request);
    if (problem !== null || known === undefined) return problem;

    const place = this.#options.place();
    const distance = place === null ? null : distanceM(place, request.area);
    if (distance === null || distance > request.area.radiusM) return "not-matched";
    const unsigned = this.#tooManyOpen(request.agency) ?? this.#signatureProblem(entry);
    if (unsigned !== null) return unsigned;

    const hash = hashOf(entry);
    this.#addOpen(hash, request.agency);
    this.#effects.push({
      type: "found",
      record: {
        hash,
        state: "found",
        request,
        envelope: envelopeOf(entry),
        logIndex,
        distanceM: distance,
        ...ageOfKey(known, entry.signKey, request.issuedAt),
        shownWallMs: null,
        notes: [],
      },
    });
    return null;
  }

  /** Its number is used once, its case twice. */
  #remember({ agency, id, case: number }: Request): RejectCode | null {
    const { seen } = this.#options;
    const own = keyOf(agency, "id", id);
    if (seen.has(own)) return "replayed";
    const first = keyOf(agency, "case", normalCase(number));
    const second = otherKey(first);
    if (seen.has(second)) return "too-many-per-case";
    if (seen.isFull) return "flood";
    seen.add(own);
    seen.add(seen.has(first) ? second : first);
    return null;
  }

  #timeProblem(request: Request): RejectCode | null {
    const nowMs = this.#options.nowMs();
    return nowMs === null ? null : timeProblem(request, nowMs);
  }

  #tooManyOpen(agency: string): RejectCode | null {
    const ofAgency = this.#openOfAgency.get(agency) ?? 0;
    return ofAgency >= mostOpenOfAgency || this.#open.size >= mostOpen ? "flood" : null;
  }

  /** Of an agency's message. */
  #signatureProblem(entry: Entry): RejectCode | null {
    const forged = this.#forged.get(entry.signKey) ?? 0;
    if (forged >= mostForgedByKey || this.#forgedCount >= mostForged || this.#effects.length >= mostEffects)
      return "flood";
    if (this.#signatures.fits(entry)) return null;
    this.#forged.set(entry.signKey, forged + 1);
    this.#forgedCount += 1;
    return "bad-signature";
  }

  /** Of the registrar's, about a request of this house. */
  #wordsProblem(entry: Entry): RejectCode | null {
    if (this.#forgedWords >= mostForgedWords || this.#effects.length >= mostEffects) return "flood";
    if (this.#signatures.fits(entry)) return null;
    this.#forgedWords += 1;
    return "bad-signature";
  }

  /** Of the registrar's; asked of the same entries in every house. */
  #profileProblem(entry: Entry): RejectCode | null {
    if (this.#signatures.fits(entry)) return null;
    this.#forgedProfiles += 1;
    if (this.#forgedProfiles <= mostForgedProfiles) return "bad-signature";
    throw forgedRegistrar();
  }

  #addOpen(hash: string, agency: string): void {
    this.#open.set(hash, agency);
    this.#openOfAgency.set(agency, (this.#openOfAgency.get(agency) ?? 0) + 1);
  }

  /** Only about a request of this house is a signature asked for. */
  #withdrawal(entry: Entry): RejectCode | null {
    const withdrawal = withdrawalSchema.safeParse(entry.json);
    if (!withdrawal.success) return "bad-shape";
    const { agency, request: hash } = withdrawal.data;
    if (this.#open.get(hash) !== agency) return null;
    if (!goodKeys(this.#agencies.get(agency)).includes(entry.signKey)) return "wrong-signer";
    const problem = this.#signatureProblem(entry);
    if (problem === null) this.#effects.push({ type: "withdrawn", hash, note: null });
    return problem;
  }

  #moderation(entry: Entry): RejectCode | null {
    const moderation = moderationSchema.safeParse(entry.json);
    if (!moderation.success) return "bad-shape";
    const { about: hash, kind, text } = moderation.data;
    if (entry.signKey !== this.#options.registrarKey) return "wrong-signer";
    if (!this.#open.has(hash)) return null;
    const problem = this.#wordsProblem(entry);
    if (problem !== null) return problem;
    this.#effects.push(
      kind === "withdrawn" ? { type: "withdrawn", hash, note: text } : { type: "note", hash, text },
    );
    return null;
  }

  #profile(entry: Entry): RejectCode | null {
    if (entry.signKey !== this.#options.registrarKey) return "wrong-signer";
    const name = nameSchema.safeParse(entry.json); // an old one is not read as a whole: it may be long
    if (!name.success) return "bad-shape";
    const { id, version } = name.data;
    const before = this.#agencies.get(id);
    if (before !== undefined && before.profile.version >= version) return "old-profile";
    if (before === undefined && this.#agencies.size >= mostAgencies) return "flood";
    const problem = this.#profileProblem(entry);
    if (problem !== null) return problem;
    const profile = agencySchema.safeParse(entry.json);
    if (!profile.success) return "bad-shape";
    this.#agencies = withProfile(this.#agencies, profile.data);
    if (this.#openOfAgency.has(id)) this.#effects.push({ type: "profile", profile: profile.data });
    return null;
  }
}

function envelopeOf({ payloadType, payload, signKey, sig }: Entry): RequestRecord["envelope"] {
  return {
    payloadType,
    payload: Buffer.from(payload).toString("base64url"),
    signatures: [{ keyid: signKey, sig }],
  };
}
