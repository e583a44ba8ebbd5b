/**
 * Unix sockets: calls that can only reach a process of the same machine, seen at the call itself.
 *
 * `connect({ path })` of node:net with nothing else in the braces; a WebSocket to `ws+unix:`, or to
 * `ws://localhost/` over a connection that the call brings along (which is judged by the first rule).
 */
import { Visitor, type ESTree } from "vite";

/** Functions of node:net that make a unix socket when all they are given is a path. */
export const connectors = new Set(["connect", "createConnection"]);

interface Use {
  readonly node: ESTree.Node;
  readonly name: string;
}

/** Uses of an imported connector that are not a call with `{ path }` alone. */
export function looseConnectors(program: ESTree.Program): Use[] {
  const locals = new Map<string, string>();
  const harmless = new Set<number>();
  const uses: Use[] = [];
  new Visitor({
    ImportDeclaration: (node) => {
      if (node.source.value !== "node:net" || node.importKind === "type") return;
      for (const specifier of node.specifiers) {
        if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") continue;
        if (connectors.has(specifier.imported.name))
          locals.set(specifier.local.name, specifier.imported.name);
        harmless.add(specifier.imported.start).add(specifier.local.start);
      }
    },
    Property: (node) => {
      if (!node.computed && !node.shorthand) harmless.add(node.key.start);
    },
    MemberExpression: (node) => {
      if (!node.computed) harmless.add(node.property.start);
    },
    CallExpression: (node) => {
      if (isPathAlone(node.arguments)) harmless.add(node.callee.start);
    },
  }).visit(program);
  new Visitor({
    Identifier: (node) => {
      const name = locals.get(node.name);
      if (name !== undefined && !harmless.has(node.start)) uses.push({ node, name });
    },
  }).visit(program);
  return uses;
}

function isPathAlone(args: readonly ESTree.Node[]): boolean {
  const [options] = args;
  if (args.length !== 1 || options?.type !== "ObjectExpression") return false;
  const [property] = options.properties;
  return options.properties.length === 1 && property !== undefined && isNamed(property, "path");
}

function isNamed(property: ESTree.Node, name: string): boolean {
  return (
    property.type === "Property" &&
    !property.computed &&
    property.key.type === "Identifier" &&
    property.key.name === name
  );
}

/** The arguments of `new WebSocket` that can only reach a unix socket. */
export function isUnixWebSocket([address, options]: readonly ESTree.Node[]): boolean {
  if (address?.type === "TemplateLiteral")
    return address.quasis[0]?.value.raw.startsWith("ws+unix:") ?? false;
  if (address?.type !== "Literal" || typeof address.value !== "string") return false;
  if (address.value.startsWith("ws+unix:")) return true;
  const bringsConnection =
    options?.type === "ObjectExpression" &&
    options.properties.some((property) => isNamed(property, "createConnection"));
  return address.value === "ws://localhost/" && bringsConnection;
}
