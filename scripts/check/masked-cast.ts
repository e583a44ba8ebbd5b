/**
 * One cast: a MaskedFrame is made in exactly one place, daemon/eye/mask/apply.ts.
 *
 * The type has no constructor, so the only way to one is a cast. Counted are `as`, `<T>` and type
 * guards (`is MaskedFrame`); a second name for the type (alias or renamed import) would hide a
 * cast and is refused. With `any` banned by lint, no other way is left.
 */
import { Visitor, type ESTree } from "vite";
import type { Finding, Source } from "./source.ts";

const typeName = "MaskedFrame";
export const castFile = "daemon/eye/mask/apply.ts";

/** Types that are MaskedFrame itself or directly hold it. */
function namesMasked(type: ESTree.Node, text: string): boolean {
  return new RegExp(`\\b${typeName}\\b`, "u").test(text.slice(type.start, type.end));
}

interface Cast {
  readonly path: string;
  readonly line: number;
}

export function checkMaskedCast(sources: readonly Source[]): Finding[] {
  const casts: Cast[] = [];
  const findings: Finding[] = [];
  for (const source of sources.filter(({ text }) => text.includes(typeName))) {
    const { path, text, program, lineAt } = source;
    const cast = (node: ESTree.Node, type: ESTree.Node): void => {
      if (namesMasked(type, text)) casts.push({ path, line: lineAt(node.start) });
    };
    const refuse = (node: ESTree.Node, message: string): void => {
      findings.push({ path, line: lineAt(node.start), message });
    };
    new Visitor({
      TSAsExpression: (node) => cast(node, node.typeAnnotation),
      TSTypeAssertion: (node) => cast(node, node.typeAnnotation),
      TSTypePredicate: (node) => {
        if (node.typeAnnotation !== null) cast(node, node.typeAnnotation);
      },
      TSTypeAliasDeclaration: (node) => {
        const isItself = text.slice(node.typeAnnotation.start, node.typeAnnotation.end).trim() === typeName;
        if (isItself) refuse(node, `${typeName} must not get a second name`);
      },
      ImportSpecifier: (node) => {
        const imported = text.slice(node.imported.start, node.imported.end);
        if (imported === typeName && node.local.name !== typeName) {
          refuse(node, `${typeName} must not be imported under another name`);
        }
      },
    }).visit(program);
  }
  const allowed = casts.filter(({ path }) => path === castFile);
  const others = casts.filter(({ path }) => path !== castFile);
  return [
    ...findings,
    ...[...others, ...allowed.slice(1)].map(({ path, line }) => ({
      path,
      line,
      message: `cast to ${typeName}; the only one stands in ${castFile}`,
    })),
    ...(allowed.length === 0
      ? [{ path: castFile, line: 1, message: `the one cast to ${typeName} is missing` }]
      : []),
  ];
}
