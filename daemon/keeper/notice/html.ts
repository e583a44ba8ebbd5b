/**
 * HTML: a text that is escaped unless it was made here.
 *
 * `html` is a template tag: what stands in the template is ours and stays, what is put into it is
 * escaped, for text and for attributes in double quotes alike. Only an `Html` goes in as it is, so
 * an owner's words cannot become markup by forgetting anything.
 */

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlPart = string | number | Html | null | readonly HtmlPart[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? "");
}

/** null = nothing; a list = its parts, one after the other. */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(template.reduce((text, ours, i) => `${text}${textOf(parts[i - 1] ?? null)}${ours}`));
}

function textOf(part: HtmlPart): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escapeText(String(part));
}
