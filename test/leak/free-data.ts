/**
 * Free data: where in a message could somebody hide a picture?
 *
 * Walks a schema and names every place that holds more than a few bytes of anybody's choosing: text
 * without a bound, lists without one, and what may be anything. Numbers, yes and no, choices from a list and
 * texts of a fixed form hold too little.
 */
import { z, type ZodType } from "zod";

/** Texts of at most so many characters are names, not pictures. */
const shortChars = 64;

interface Node {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly items?: Node | false;
  readonly prefixItems?: readonly Node[];
}

/** Paths, in the order of the schema: "camera.name", "zones[]" (a bounded list of free texts), "events[*]" (an endless list). */
export function freeDataIn(schema: ZodType): string[] {
  return [...new Set(walk(z.toJSONSchema(schema, { unrepresentable: "any" }) as Node, ""))];
}

function walk(node: Node, path: string): string[] {
  if (node.const !== undefined || node.enum !== undefined) return [];
  if (node.anyOf !== undefined) return node.anyOf.flatMap((each) => walk(each, path));
  if (Array.isArray(node.type)) return node.type.flatMap((type: string) => walk({ ...node, type }, path));
  switch (node.type) {
    case "object":
      if (node.additionalProperties) return [`${path}?`];
      return Object.entries(node.properties ?? {}).flatMap(([name, each]) =>
        walk(each, path === "" ? name : `${path}.${name}`),
      );
    case "array":
      return listIn(node, path);
    case "string":
      return isShort(node) ? [] : [path];
    case "integer":
    case "number":
    case "boolean":
    case "null":
      return [];
    case undefined:
    default:
      return [`${path}?`];
  }
}

function listIn({ items, prefixItems, maxItems }: Node, path: string): string[] {
  if (prefixItems !== undefined) return prefixItems.flatMap((each, i) => walk(each, `${path}[${i}]`));
  if (!items) return [`${path}?`];
  const inside = walk(items, `${path}[]`);
  return maxItems === undefined || maxItems > 256 ? [`${path}[*]`, ...inside] : inside;
}

/** By its length, or by a form that has one. */
function isShort({ maxLength, pattern }: Node): boolean {
  if (maxLength !== undefined) return maxLength <= shortChars;
  const longest = /\{(?:\d+,)?(\d+)\}\$$/u.exec(pattern ?? "")?.[1];
  return longest !== undefined && Number(longest) <= shortChars;
}
