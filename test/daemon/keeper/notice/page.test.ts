import fc from "fast-check";
import { expect, test } from "vitest";
import { viewDrawing } from "../../../../daemon/keeper/notice/drawing.ts";
import { html } from "../../../../daemon/keeper/notice/html.ts";
import { noticePage } from "../../../../daemon/keeper/notice/page.ts";
import { noticeSign } from "../../../../daemon/keeper/notice/sign.ts";
import { pageStyle, signStyles } from "../../../../daemon/keeper/notice/style.ts";
import { promisesOf } from "../../../../daemon/keeper/notice/promises.ts";
import { noticeWords } from "../../../../daemon/keeper/notice/translations.ts";
import { complete, longest, silent } from "./samples.ts";

const signOf = (facts = complete) => noticeSign(facts, { paper: "a4", language: "both", reader: "en" });

test.each(["en", "fr"] as const)(
  "the page in %s says who, why, how long, and which rights there are",
  (language) => {
    const page = noticePage(complete, language);
    const words = noticeWords[language];
    for (const text of [
      "Household at number 12",
      "doorbell@example.org",
      "To see who rings",
      words.atMost(72),
    ])
      expect(page).toContain(text);
    for (const text of [...promisesOf(complete, words), words.rights.access, words.rights.erasure])
      expect(page).toContain(html`${text}`.text);
    expect(page).toContain(`<html lang="${language}">`);
  },
);

test("each language has a way to the other", () => {
  expect(noticePage(complete, "en")).toMatch(/href="\/notice\?language=fr"[^>]*>Français</u);
  expect(noticePage(complete, "fr")).toMatch(/href="\/notice\?language=en"[^>]*>English</u);
});

test("an owner who has said nothing: the page says so, the sign has lines to write on and names the settings", () => {
  expect(noticePage(silent, "en").split(noticeWords.en.notSaid).length - 1).toBe(3);
  expect(noticePage(silent, "en")).toContain(noticeWords.en.view.nothing);
  const sign = signOf(silent);
  expect(sign.split('class="blank"').length - 1).toBe(3);
  for (const gap of Object.values(noticeWords.en.owner.gaps)) expect(sign).toContain(html`${gap}`.text);
  expect(sign).not.toContain('class="qr"');
  expect(signOf(complete)).toContain(noticeWords.en.owner.complete);
});

test("whatever an owner writes stays text: it stands escaped where it belongs and changes nothing else", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.constantFrom("<script>alert(1)</script>", '" onload="x', "</style><img src=x>", "&lt;b&gt;", "<!--"),
  );
  const rendered = (text: string): string => {
    const facts = { ...complete, controller: text, contact: text, purpose: text };
    return noticePage(facts, "fr") + signOf(facts);
  };
  const parts = rendered("OWNER").split("OWNER");
  expect(parts).toHaveLength(7);
  fc.assert(
    fc.property(nasty, (text) => {
      const escaped = html`${text}`.text;
      expect(escaped).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/u);
      expect(rendered(text)).toBe(parts.join(escaped));
    }),
  );
});

test("a text in an attribute ends where it ends", () => {
  expect(html`<i title="${'"><b>'}"></i>`.text).toBe('<i title="&quot;&gt;&lt;b&gt;"></i>');
});

test("the drawing has the policy's corners and no picture", () => {
  const drawing = viewDrawing(
    {
      propertyLine: [
        [0, 0.5],
        [1, 0.5],
        [1, 1],
      ],
      privacyZones: [
        [
          [0.5, 0.6],
          [0.6, 0.6],
          [0.6, 0.7],
        ],
      ],
    },
    { width: 1000, height: 500 },
    "a drawing",
  ).text;
  expect(drawing).toContain("M0 125L500 125L500 250z");
  expect(drawing).toContain("M250 150L300 150L300 175z");
  expect(noticePage(complete, "en") + signOf()).not.toMatch(
    /<(?:img|image|script|iframe|object)|data:|src=|@import/iu,
  );
});

test("no line drawn: everything is dark", () => {
  expect(viewDrawing(null, { width: 16, height: 9 }, "").text.match(/<path/gu)).toHaveLength(3);
});

test("the page stays small, whatever the policy", () => {
  expect(noticePage(longest, "fr").length).toBeLessThan(12_000);
  const corners = Array.from({ length: 1_024 }, (_, i) => [0.5 + 0.001 * (i % 2), i / 1_024] as const);
  const shape = { propertyLine: corners, privacyZones: [] };
  expect(noticePage({ ...complete, shape }, "en").length).toBeLessThan(24_000);
});

test("browsers are told to run and fetch nothing, and to take no style but ours", () => {
  for (const { css, security } of [pageStyle, signStyles.a4, signStyles.a5]) {
    expect(security).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /u);
    expect(security).not.toContain("unsafe");
    expect(css).not.toMatch(/url\(|<\//u);
  }
});
