/**
 * Language: which of ours does a browser ask for? (RFC 9110, Accept-Language)
 *
 * `fr-CA` wants French; the highest weight wins, the first of equals. Nothing of ours, or nothing
 * that can be read = English.
 */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];

export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 1_000)
    .split(",")
    .map(rangeOf)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const known = languages.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (known !== undefined) return known;
  }
  return "en";
}

function rangeOf(text: string): { tag: string; weight: number } {
  const [tag = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return { tag, weight: /^[01](?:\.\d{0,3})?$/u.test(weight) ? Number(weight) : 0 };
}
