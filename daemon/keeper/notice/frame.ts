/**
 * Frame: what every document of the notice begins and ends with. One file, no scripts, nothing fetched.
 */
import { Html, html } from "./html.ts";
import type { Language } from "./language.ts";
import type { Style } from "./style.ts";

export interface Frame {
  readonly language: Language;
  readonly title: string;
  readonly style: Style;
  readonly body: Html;
}

export function framed({ language, title, style, body }: Frame): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Html(`<style>${style.css}</style>`)}
      </head>
      ${body}
    </html> `.text;
}
