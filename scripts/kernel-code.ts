/**
 * Kernel code: the detector's SIMD kernel, compiled from AssemblyScript into a TypeScript file.
 *
 * `npm run generate` and `npm run build` write it, `npm run check` compiles again and compares: what
 * runs is what the source says, byte for byte. It is text in the repository so that everything that
 * runs or bundles TypeScript takes it along.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeneratedFile } from "../config/generate.ts";

const folder = "daemon/eye/motion/kernel";
const codePath = `${folder}/code.ts`;

/** Strict arithmetic: no relaxed SIMD. The memory is made outside, to fit the picture. */
const options = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd"];

/** What of the compiler is called. Its own types would redefine TypeScript's Array for everybody. */
interface Compiler {
  main(
    args: readonly string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: string | Uint8Array): void;
      listFiles(): string[];
    },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}
const compilerName: string = "assemblyscript/asc";

/** `root` is the repository. Throws with the compiler's words when the source does not compile. */
export async function kernelCode(root: string): Promise<GeneratedFile> {
  const { default: compiler } = (await import(compilerName)) as { readonly default: Compiler };
  let code: Uint8Array | null = null;
  const { error, stderr } = await compiler.main(["index.ts", "--outFile", "code.wasm", ...options], {
    readFile: (name) => textAt(join(root, folder, "assembly", name)),
    writeFile: (_name, contents) => {
      if (typeof contents !== "string") code = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || code === null)
    throw new Error(`${folder}/assembly: ${stderr.toString()}`, { cause: error });
  return { path: codePath, text: moduleText(code) };
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // the compiler asks for several names
  }
}

function moduleText(code: Uint8Array): string {
  return `/** The SIMD kernel, compiled from assembly/. Written by \`npm run generate\`; do not edit. */
export const simdCode =
  "${Buffer.from(code).toString("base64")}";
`;
}
