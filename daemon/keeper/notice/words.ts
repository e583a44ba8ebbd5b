/**
 * Words: what the notice says, the same in every language. Careful words: what is true of this
 * software, and rights as they stand in most data protection laws; no legal advice.
 */
import type { NoticeGap } from "./facts.ts";
import type { Language } from "./language.ts";

export interface NoticeWords {
  readonly language: Language;
  /** The language's own name for itself. */
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly simulated: string;
  readonly controller: string;
  readonly contact: string;
  readonly purpose: string;
  readonly retention: string;
  /** "at most 3 days" */
  readonly atMost: (hours: number) => string;
  /** Where the owner has said nothing. */
  readonly notSaid: string;
  readonly view: {
    readonly title: string;
    readonly seen: string;
    readonly hidden: string;
    /** No line is drawn. */
    readonly nothing: string;
    /** Read aloud instead of the drawing. */
    readonly spoken: string;
  };
  readonly promises: {
    readonly title: string;
    readonly line: string;
    readonly when: string;
    readonly sound: string;
    /** People of the house may hear the door. */
    readonly soundHeard: string;
    readonly faces: string;
    readonly sealed: string;
    readonly place: string;
    /** Something that is not Sill gets the picture. */
    readonly placeGiven: string;
  };
  readonly rights: {
    readonly title: string;
    /** All of them in one breath, for paper. */
    readonly short: string;
    readonly access: string;
    readonly erasure: string;
    readonly objection: string;
    readonly how: string;
    readonly authority: string;
  };
  readonly scan: string;
  readonly toSign: string;
  /** What only the owner sees, beside the sheet and not on it. */
  readonly owner: {
    readonly title: string;
    readonly print: string;
    readonly paper: string;
    readonly inLanguage: string;
    readonly both: string;
    readonly toPage: string;
    readonly missing: string;
    readonly gaps: Readonly<Record<NoticeGap, string>>;
    readonly complete: string;
    readonly law: string;
  };
}
