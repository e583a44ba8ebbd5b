/**
 * Source: one TypeScript file as the checkers see it, parsed once.
 *
 * Paths are relative to the repository, with `/`. Imports name other files of the repository by
 * that path; everything else ("ws", "node:fs") stays as written.
 */
import { posix } from "node:path";
import { parseSync, type ESTree } from "vite";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** "hal/fault.ts" for a file of the repository, else as written. */
  readonly target: string;
  readonly isLocal: boolean;
  readonly line: number;
}

export interface Source extends TextFile {
  readonly program: ESTree.Program;
  readonly imports: readonly Import[];
  readonly lineAt: (offset: number) => number;
}

/** One finding: where and what. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export function isTypeScript(path: string): boolean {
  return /\.tsx?$/u.test(path) && !path.endsWith(".d.ts");
}

/** Throws when the text is not TypeScript. */
export function parseSource({ path, text }: TextFile): Source {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const requests = [
    ...module.staticImports.map((statement) => ({
      at: statement.start,
      name: statement.moduleRequest.value,
    })),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap(({ moduleRequest }) =>
        moduleRequest === null ? [] : [{ at: statement.start, name: moduleRequest.value }],
      ),
    ),
    ...module.dynamicImports.flatMap(({ start, moduleRequest }) => {
      const name = literal(text.slice(moduleRequest.start, moduleRequest.end));
      return name === null ? [] : [{ at: start, name }];
    }),
    ...typeImports(text),
  ];
  const imports = requests.map(({ at, name }): Import => {
    const isLocal = name.startsWith(".");
    return { target: isLocal ? posix.join(posix.dirname(path), name) : name, isLocal, line: lineAt(at) };
  });
  return { path, text, program, imports, lineAt };
}

function literal(text: string): string | null {
  return /^(["'`])([^"'`$]*)\1$/u.exec(text.trim())?.[2] ?? null;
}

/** `import("./x.ts").Type` inside a type. */
function typeImports(text: string): { at: number; name: string }[] {
  return [...text.matchAll(/\bimport\(\s*(["'])(\.[^"']+)\1\s*\)\s*\./gu)].map((match) => ({
    at: match.index,
    name: match[2] ?? "",
  }));
}
