/**
 * Page: what a passer-by reads on a phone, in one language, with a way to the other.
 */
import { viewDrawing, swatch } from "./drawing.ts";
import type { NoticeFacts } from "./facts.ts";
import { framed } from "./frame.ts";
import { html, type Html } from "./html.ts";
import { languages, type Language } from "./language.ts";
import { pictogram } from "./pictogram.ts";
import { promisesOf } from "./promises.ts";
import { pageStyle } from "./style.ts";
import { noticeWords } from "./translations.ts";
import type { NoticeWords } from "./words.ts";

export function noticePage(facts: NoticeFacts, language: Language): string {
  const words = noticeWords[language];
  const { promises, rights } = words;
  const body = html`<body>
    <main>
      <p class="language">${languages.filter((other) => other !== language).map(linkTo)}</p>
      <header>
        ${pictogram}
        <div>
          <h1>${words.title}</h1>
          <p class="lead">${words.lead}</p>
        </div>
      </header>
      ${facts.simulated ? html`<p class="note">${words.simulated}</p>` : null}
      <section><dl>${rows(facts, words)}</dl></section>
      <section>
        <h2>${words.view.title}</h2>
        <figure>
          ${viewDrawing(facts.shape, facts.picture, words.view.spoken)}
          <figcaption class="legend">${legend(facts, words)}</figcaption>
        </figure>
      </section>
      <section>
        <h2>${promises.title}</h2>
        <ul>
          ${promisesOf(facts, words).map(item)}
        </ul>
      </section>
      <section>
        <h2>${rights.title}</h2>
        <ul>
          ${[rights.access, rights.erasure, rights.objection].map(item)}
        </ul>
        <p>${rights.how}</p>
        <p>${rights.authority}</p>
      </section>
      <footer><a href="/notice/sign">${words.toSign}</a></footer>
    </main>
  </body>`;
  return framed({ language, title: words.title, style: pageStyle, body });
}

function linkTo(language: Language): Html {
  return html`<a href="/notice?language=${language}" lang="${language}" hreflang="${language}"
    >${noticeWords[language].name}</a
  >`;
}

function rows({ controller, contact, purpose, retentionHours }: NoticeFacts, words: NoticeWords): Html[] {
  const pairs = [
    [words.controller, controller],
    [words.contact, contact],
    [words.purpose, purpose],
    [words.retention, words.atMost(retentionHours)],
  ] as const;
  return pairs.map(
    ([label, value]) =>
      html`<dt>${label}</dt>
        <dd>${value ?? words.notSaid}</dd>`,
  );
}

function legend({ shape }: NoticeFacts, { view }: NoticeWords): Html {
  if (shape === null) return html`${view.nothing}`;
  return html`<span>${swatch("seen")}${view.seen}</span><span>${swatch("destroyed")}${view.hidden}</span>`;
}

function item(text: string): Html {
  return html`<li>${text}</li>`;
}
