import { expect, test } from "vitest";
import { noticeGaps } from "../../../../daemon/keeper/notice/facts.ts";
import { languageOf } from "../../../../daemon/keeper/notice/language.ts";
import { noticeWords } from "../../../../daemon/keeper/notice/translations.ts";

/** Every text of a language by its path. */
function texts(words: object, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === "object" && value !== null) return texts(value, `${path}${key}.`);
    return [[`${path}${key}`, typeof value === "function" ? String(value(72)) : String(value)]];
  });
}

const [english, french] = [texts(noticeWords.en), texts(noticeWords.fr)];

test("both languages say the same things, none of them empty", () => {
  expect(french.map(([path]) => path)).toEqual(english.map(([path]) => path));
  for (const [, text] of [...english, ...french]) expect(text.trim()).not.toBe("");
});

test("no text was left in the other language", () => {
  const same = english.filter(([path, text]) => new Map(french).get(path) === text);
  expect(same.map(([path]) => path)).toEqual(["contact"]);
});

test("French puts a space that does not break before signs of two parts, and curls its apostrophes", () => {
  for (const [path, text] of french) {
    expect(text, path).not.toMatch(/[^\u202f][;:!?](?=\s|$)/u);
    expect(text, path).not.toContain("'");
  }
});

test.each([
  [1, "at most 1 hour", "au plus 1\u00a0heure"],
  [24, "at most 1 day", "au plus 1\u00a0jour"],
  [71, "at most 71 hours", "au plus 71\u00a0heures"],
  [72, "at most 3 days", "au plus 3\u00a0jours"],
])("%i hours are %s", (hours, en, fr) => {
  expect([noticeWords.en.atMost(hours), noticeWords.fr.atMost(hours)]).toEqual([en, fr]);
});

test("everything that can be missing has a word on how to say it", () => {
  for (const { owner } of Object.values(noticeWords))
    expect(Object.keys(owner.gaps)).toEqual([...noticeGaps]);
});

test.each([
  [undefined, "en"],
  ["", "en"],
  ["fr", "fr"],
  ["fr-CA,fr;q=0.9,en;q=0.5", "fr"],
  ["de,fr;q=0.2,en;q=0.7", "en"],
  ["de-AT, FR;q=0.3", "fr"],
  ["fr;q=0, en;q=0.1", "en"],
  ["fr;q=x", "en"],
  ["en, fr", "en"],
  ["frisian", "en"],
  ["*", "en"],
])("a browser that asks for %j gets %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});
