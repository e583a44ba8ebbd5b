/** Translations: the words of every language that the notice has. */
import { english } from "./english.ts";
import { french } from "./french.ts";
import type { Language } from "./language.ts";
import type { NoticeWords } from "./words.ts";

export const noticeWords: Readonly<Record<Language, NoticeWords>> = { en: english, fr: french };
