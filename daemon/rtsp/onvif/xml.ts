/**
 * XML: what ONVIF clients send, as a tree, and nothing that XML can do beyond that.
 *
 * No document type, so no entities but the five of XML itself; no processing instruction but the first line, no CDATA,
 * no comment. Bounded in length, depth, elements and attributes. Anything else is Fault `invalid`. Pure.
 */
import { Fault } from "../../../hal/fault.ts";

export interface XmlElement {
  /** Without its prefix, and the namespace that the prefix stands for. */
  readonly name: string;
  readonly ns: string;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export const mostXmlChars = 64 * 1_024;
const mostDepth = 24;
const mostElements = 1_000;
const mostAttributes = 32;

const declaration = /^\uFEFF?\s*(?:<\?xml\s[^<>?]{0,100}\?>\s*)?/u;
const openTag =
  /<([A-Za-z_][\w.-]{0,63}(?::[A-Za-z_][\w.-]{0,63})?)((?:\s+[^\s"'<>/=]{1,128}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/uy;
const closeTag = /<\/([\w.:-]{1,129})\s*>/uy;
const textRun = /[^<]+/uy;
const attribute = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

interface Open {
  readonly tag: string;
  readonly element: XmlElement & { children: XmlElement[]; text: string };
  readonly prefixes: ReadonlyMap<string, string>;
}

export function parseXml(source: string): XmlElement {
  if (source.length > mostXmlChars) throw bad(`more than ${mostXmlChars} characters`);
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  let at = declaration.exec(source)?.[0].length ?? 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < source.length) {
    const top = stack.at(-1);
    const text = take(textRun);
    if (text !== null) {
      if (top !== undefined) top.element.text += unescaped(text[0]);
      else if (text[0].trim() !== "") throw bad("text outside of the element");
      continue;
    }
    const end = take(closeTag);
    if (end !== null) {
      if (top === undefined || top.tag !== end[1]) throw bad("an element that ends and is not open");
      stack.pop();
      continue;
    }
    const start = take(openTag);
    if (start === null) throw bad("something that is no element");
    elements += 1;
    if (elements > mostElements || stack.length >= mostDepth) throw bad("too many elements, or too deep");
    const opened = openElement(start[1] ?? "", start[2] ?? "", top?.prefixes ?? new Map());
    if (top !== undefined) top.element.children.push(opened.element);
    else if (root === null) root = opened.element;
    else throw bad("a second element");
    if (start[3] !== "/") stack.push(opened);
  }
  if (root === null || stack.length > 0) throw bad("an element that does not end");
  return root;
}

function openElement(tag: string, said: string, outer: ReadonlyMap<string, string>): Open {
  const prefixes = new Map(outer);
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of said.matchAll(attribute)) {
    const value = unescaped(double ?? single ?? "");
    if (attributes.size >= mostAttributes || prefixes.size >= mostAttributes)
      throw bad("too many attributes");
    if (name === "xmlns") prefixes.set("", value);
    else if (name.startsWith("xmlns:")) prefixes.set(name.slice(6), value);
    else attributes.set(localName(name), value);
  }
  const prefix = tag.includes(":") ? (tag.split(":")[0] ?? "") : "";
  const ns = prefixes.get(prefix);
  if (ns === undefined && prefix !== "") throw bad("a prefix that stands for nothing");
  return {
    tag,
    element: { name: localName(tag), ns: ns ?? "", attributes, children: [], text: "" },
    prefixes,
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function unescaped(text: string): string {
  return text.replaceAll(/&([^;&]{0,12});?/gu, (whole, name: string) => {
    const known = whole.endsWith(";") ? named[name] : undefined;
    if (known !== undefined) return known;
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/iu.exec(name);
    const point = Number.parseInt(code?.[1] ?? code?.[2] ?? "", code?.[1] === undefined ? 10 : 16);
    if (!whole.endsWith(";") || !(point > 8 && point < 0x110000) || (point >= 0xd800 && point < 0xe000))
      throw bad("an entity");
    return String.fromCodePoint(point);
  });
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\P{Cc}\n\t]/gu, " ");
}

/** The first child of this name; null = there is none. */
export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null;
}

function bad(what: string): Fault {
  return new Fault("invalid", `XML with ${what} is not taken`);
}
