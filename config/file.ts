/**
 * The settings file: YAML text to a layer that knows its line numbers.
 *
 * What is not YAML is a problem with its line and column; duplicate keys are errors, and so are
 * lists that would unfold without end. An empty file says nothing. Reads no file: load.ts does.
 */
import { isNode, LineCounter, parseDocument, type Document, type YAMLParseError } from "yaml";
import { nodeAt } from "./catalogue.ts";
import type { Layer, Origin } from "./origin.ts";
import type { Problem } from "./problem.ts";

/** One missing bracket makes many errors; the first few say it. */
const maxSyntaxErrors = 3;

export interface SettingsText {
  /** As the user would write it: "sill.yaml". */
  readonly name: string;
  readonly text: string;
}

export interface ParsedFile {
  readonly layer: Layer;
  readonly problems: readonly Problem[];
}

export function parseSettingsFile({ name, text }: SettingsText): ParsedFile {
  const lines = new LineCounter();
  const origin = (line: number | null): Origin => ({ kind: "file", file: name, line });
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const problems = document.errors.slice(0, maxSyntaxErrors).map((error): Problem => {
      const { line, col } = lines.linePos(error.pos[0]);
      return {
        path: "",
        message: `not valid YAML at column ${col}: ${inWords(error)}`,
        origin: origin(line),
      };
    });
    if (problems.length > 0) return unreadable(origin(null), problems);
    const layer: Layer = {
      value: withoutEmptySections(document.toJS({ maxAliasCount: 100 })),
      originOf: (path) => origin(lineOf(document, lines, path)),
    };
    return { layer, problems: [] };
  } catch (error) {
    // the parser gives up by throwing on endless aliases and on absurdly deep nesting
    const message = `not a settings file: ${error instanceof Error ? lowerFirst(error.message) : "unreadable"}`;
    return unreadable(origin(null), [{ path: "", message, origin: origin(null) }]);
  }
}

function unreadable(origin: Origin, problems: readonly Problem[]): ParsedFile {
  return { layer: { value: {}, originOf: () => origin }, problems };
}

/** `web:` with nothing below it, every line commented out, says nothing. */
function withoutEmptySections(value: unknown): unknown {
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, child]) => child !== null || nodeAt([key])?.type !== "object"),
  );
}

/** The parser's own sentence, but for the one that speaks to programmers. */
function inWords({ code, message }: YAMLParseError): string {
  return code === "MULTIPLE_DOCS" ? "a second document begins here; one file holds one" : lowerFirst(message);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** The line of the value at a path, or of the closest thing above it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
