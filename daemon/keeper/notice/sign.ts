/**
 * Sign: one sheet of paper, A4 or A5, in one language or in all of them side by side.
 *
 * Prints to exactly one page; what the owner needs to know about it stands above the sheet on the
 * screen and is not printed. What the owner has not said is a line to write on. Holds the same
 * facts as the page and nothing else, so it needs no session either.
 */
import { swatch, viewDrawing } from "./drawing.ts";
import { gapsOf, type NoticeFacts } from "./facts.ts";
import { framed } from "./frame.ts";
import { html, type Html } from "./html.ts";
import { languages, type Language } from "./language.ts";
import { pictogram } from "./pictogram.ts";
import { promisesOf } from "./promises.ts";
import { qrDrawing } from "./qr.ts";
import { papers, signStyles, type Paper } from "./style.ts";
import { noticeWords } from "./translations.ts";
import type { NoticeWords } from "./words.ts";

export const signLanguages = ["both", ...languages] as const;
export type SignLanguage = (typeof signLanguages)[number];

/** An owner who says more than so many characters is printed smaller. */
const longText = 160;

export interface SignOptions {
  readonly paper: Paper;
  readonly language: SignLanguage;
  /** Of what only the owner sees, where the sheet is in both. */
  readonly reader: Language;
}

export function noticeSign(facts: NoticeFacts, options: SignOptions): string {
  const { paper, language, reader } = options;
  const all = (language === "both" ? languages : [language]).map((each) => noticeWords[each]);
  const words = noticeWords[language === "both" ? reader : language];
  const body = html`<body class="${language === "both" ? "together" : "alone"}">
    ${ownerPart(facts, words, options)}
    <main class="sheet">
      ${header(facts, all)} ${what(facts, all)}
      ${language === "both" ? html`<div class="columns">${all.map((each) => column(facts, each))}</div>` : halves(facts, words)}
      <footer>${facts.simulated ? both(all, (each) => each.simulated) : null}</footer>
    </main>
  </body>`;
  return framed({ language: words.language, title: words.owner.title, style: signStyles[paper], body });
}

/** The same word of each language, said once where they are equal. */
function both(all: readonly NoticeWords[], word: (words: NoticeWords) => string): string {
  return [...new Set(all.map(word))].join(" · ");
}

function header({ address }: NoticeFacts, all: readonly NoticeWords[]): Html {
  const titles = all.map(
    (words) =>
      html`<div lang="${words.language}">
        <p class="title">${words.title}</p>
        <p class="lead">${words.lead}</p>
      </div>`,
  );
  const scan = both(all, (words) => words.scan);
  const way = address === null ? null : html`${qrDrawing(address, scan)}${scan}`;
  return html`<header>
    ${pictogram}
    <div class="titles">${titles}</div>
    <div class="way">${way}</div>
  </header>`;
}

function what(facts: NoticeFacts, all: readonly NoticeWords[]): Html {
  const { controller, contact, purpose, retentionHours, shape, picture } = facts;
  const pairs = [
    [both(all, (words) => words.controller), controller],
    [both(all, (words) => words.contact), contact],
    [both(all, (words) => words.purpose), purpose],
    [both(all, (words) => words.retention), both(all, (words) => words.atMost(retentionHours))],
  ] as const;
  const rows = pairs.map(
    ([label, value]) =>
      html`<dt>${label}</dt>
        <dd>${value ?? html`<span class="blank"></span>`}</dd>`,
  );
  const legend =
    shape === null
      ? html`<span>${both(all, ({ view }) => view.nothing)}</span>`
      : html`<span>${swatch("seen")}${both(all, ({ view }) => view.seen)}</span
          ><span>${swatch("destroyed")}${both(all, ({ view }) => view.hidden)}</span>`;
  const isLong = (controller ?? "").length + (contact ?? "").length + (purpose ?? "").length > longText;
  return html`<div class="what">
    <figure>
      ${viewDrawing(
        shape,
        picture,
        both(all, ({ view }) => view.spoken),
      )}
      <figcaption class="legend">${legend}</figcaption>
    </figure>
    <dl class="${isLong ? "long" : "short"}">${rows}</dl>
  </div>`;
}

function promisesPart(facts: NoticeFacts, words: NoticeWords): Html {
  return html`<h2>${words.promises.title}</h2>
    <ul>
      ${promisesOf(facts, words).map(item)}
    </ul>`;
}

function rightsOf({ rights }: NoticeWords): Html {
  return html`<h2>${rights.title}</h2>
    <p>${rights.short}</p>
    <p>${rights.authority}</p>`;
}

function column(facts: NoticeFacts, words: NoticeWords): Html {
  return html`<div lang="${words.language}">${promisesPart(facts, words)}${rightsOf(words)}</div>`;
}

function halves(facts: NoticeFacts, words: NoticeWords): Html {
  return html`<div class="columns">
    <div>${promisesPart(facts, words)}</div>
    <div>${rightsOf(words)}</div>
  </div>`;
}

function item(text: string): Html {
  return html`<li>${text}</li>`;
}

/** On the screen only. */
function ownerPart(facts: NoticeFacts, { owner }: NoticeWords, chosen: SignOptions): Html {
  const link = (paper: Paper, language: SignLanguage, text: string): Html => {
    const isThis = paper === chosen.paper && language === chosen.language;
    const current = isThis ? html` aria-current="page"` : null;
    return html`<a href="/notice/sign?paper=${paper}&amp;language=${language}" ${current}>${text}</a>`;
  };
  const nameOf = (language: SignLanguage): string =>
    language === "both" ? owner.both : noticeWords[language].name;
  const gaps = gapsOf(facts);
  return html`<div class="owner">
    <h1>${owner.title}</h1>
    <p>${owner.print}</p>
    <nav aria-label="${owner.paper}">
      <strong>${owner.paper}</strong>
      ${papers.map((paper) => link(paper, chosen.language, paper.toUpperCase()))}
    </nav>
    <nav aria-label="${owner.inLanguage}">
      <strong>${owner.inLanguage}</strong>
      ${signLanguages.map((language) => link(chosen.paper, language, nameOf(language)))}
    </nav>
    <div class="missing">
      ${
        gaps.length === 0
          ? owner.complete
          : html`<strong>${owner.missing}</strong>
              <ul>
                ${gaps.map((gap) => item(owner.gaps[gap]))}
              </ul>`
      }
    </div>
    <p><a href="/notice">${owner.toPage}</a></p>
    <p class="law">${owner.law}</p>
  </div>`;
}
