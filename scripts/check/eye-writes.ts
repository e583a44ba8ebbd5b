/**
 * Eye writes: the process that sees pixels writes files through daemon/seal, the levels of its motion journal
 * through daemon/sight/journal/append.ts (which takes nothing finer), and in no other way.
 *
 * What it imports from node:fs is on a list of what reads, watches or removes; from daemon/seal/durable.ts it takes what
 * writes JSON and what syncs folders, never plain bytes. A whole module under one name would hide
 * what is used, and is refused. So the only door for a picture is `writeSealed`.
 * Out of its sight: what GStreamer does (test/daemon/eye/sealed-disk.test.ts watches the kernel).
 */
import { Visitor, type ESTree } from "vite";
import type { Finding, Source } from "./source.ts";

const watched = ["daemon/eye/", "daemon/sight/"];
/** Levels of cells go through it, and nothing finer fits: the one module here that may append to a file. */
const levelsDoor = "daemon/sight/journal/append.ts";
const harmless = new Set(
  "existsSync FSWatcher mkdir readdir readdirSync readFile readFileSync rm stat statSync watch".split(" "),
);
const durable = "daemon/seal/durable.ts";
const plain = new Set(["syncFolder", "writeDurableJson"]);

const files = "daemon/files/disk.ts";

function allowedFrom(target: string, path: string): ReadonlySet<string> | null {
  if (/^(?:node:)?fs(?:\/promises)?$/u.test(target)) return harmless;
  if (target === files) return new Set([path === levelsDoor ? "diskFiles" : "readPart"]);
  return target === durable ? plain : null;
}

export function checkEyeWrites(sources: readonly Source[]): Finding[] {
  return sources.filter(({ path }) => watched.some((each) => path.startsWith(each))).flatMap(findingsIn);
}

function findingsIn({ path, text, program, imports, lineAt }: Source): Finding[] {
  const findings: Finding[] = [];
  const refuse = (node: ESTree.Node, what: string): void => {
    const message = `${what}; the eye writes pictures with writeSealed, levels with appendBlock and the rest as JSON, nothing else`;
    findings.push({ path, line: lineAt(node.start), message });
  };
  const targetAt = (node: ESTree.Node, name: string): string =>
    imports.find(
      ({ line, target }) => line === lineAt(node.start) && target.endsWith(name.replace(/^.*\//u, "")),
    )?.target ?? name;
  const words = (node: ESTree.Node): string => text.slice(node.start, node.end);
  new Visitor({
    ImportDeclaration: (node) => {
      const allowed = allowedFrom(targetAt(node, node.source.value), path);
      if (allowed === null) return;
      for (const each of node.specifiers) {
        if (each.type !== "ImportSpecifier") refuse(each, `${words(each)} from ${node.source.value}`);
        else if (!allowed.has(words(each.imported))) refuse(each, words(each.imported));
      }
    },
    ImportExpression: (node) => {
      const name = words(node.source).replaceAll(/["'`]/gu, "");
      if (allowedFrom(targetAt(node, name), path) !== null) refuse(node, `import(${name})`);
    },
    ExportNamedDeclaration: (node) => {
      const name = node.source?.value;
      if (name !== undefined && allowedFrom(targetAt(node, name), path) !== null)
        refuse(node, `export from ${name}`);
    },
    ExportAllDeclaration: (node) => {
      if (allowedFrom(targetAt(node, node.source.value), path) !== null)
        refuse(node, `export from ${node.source.value}`);
    },
  }).visit(program);
  if (/\b(?:getBuiltinModule|createRequire)\b/u.test(text))
    findings.push({
      path,
      line: 1,
      message: "modules are imported by name here, so that they can be checked",
    });
  return findings;
}
