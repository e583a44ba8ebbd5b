/**
 * Outbound: only daemon/courier may open a socket to elsewhere.
 *
 * Looks at what ships on the device (hal, config, models, daemon) for every way that Node has to
 * connect: client functions of node:net, tls, http(s), http2, dgram and dns, the global fetch,
 * WebSocket and EventSource, and client packages. Servers are fine, and so are unix sockets where
 * one sees them at the call: `connect({ path })` of node:net and nothing else in the braces, and a
 * WebSocket to `ws+unix:`, or to `ws://localhost/` over a connection that the call brings along.
 * WebRTC (daemon/talk) is let off: it answers, and is told no address.
 * In the page, addresses of other hosts are refused: it speaks to where it came from.
 */
import { Visitor, type ESTree } from "vite";
import type { Finding, Source } from "./source.ts";
import { connectors, isUnixWebSocket, looseConnectors } from "./unix-sockets.ts";

const ships = /^(?:hal|config|models|daemon)\//u;
/** Answers browsers that found the doorbell; an import of it anywhere else is refused. */
const talk = { path: /^daemon\/talk\//u, module: "node-datachannel" };
const courier = /^daemon\/courier\//u;
/** Answers whoever at home looks for cameras, and never speaks first: the one file outside the courier with datagrams. */
const answers = "daemon/rtsp/onvif/discovery.ts";
/** Of doorbell and portal. The build's own configuration is not part of a page. */
const page = /^(?:portal\/)?web\/(?!vite\.config\.ts$)/u;

const clientModules = new Set([
  ..."node:https node:http2 node:dgram node:dns node:dns/promises".split(" "),
  talk.module,
  ..."undici axios got node-fetch mqtt web-push tus-js-client eventsource".split(" "),
]);

/** What may be imported from modules that have both ends. */
const serverNames: Readonly<Record<string, ReadonlySet<string>>> = {
  "node:http": new Set(["createServer", "Server", "STATUS_CODES", "ServerResponse"]),
  "node:tls": new Set(["createServer", "Server", "createSecureContext"]),
  "node:net": new Set(["createServer", "Server", "isIP", "isIPv4", "isIPv6", "BlockList"]),
};

const clientGlobals = new Set(["fetch", "EventSource", "WebSocket"]);

/** XML namespaces are names, not addresses. */
const foreignAddress = /^(?:https?|wss?):\/\/(?!www\.w3\.org\/)/u;

export function checkOutbound(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    if (page.test(source.path)) return foreignAddresses(source);
    return ships.test(source.path) && !courier.test(source.path) ? clientCalls(source) : [];
  });
}

function foreignAddresses({ path, program, lineAt }: Source): Finding[] {
  const findings: Finding[] = [];
  const look = (node: ESTree.Node, text: string): void => {
    if (!foreignAddress.test(text)) return;
    findings.push({ path, line: lineAt(node.start), message: `address of another host: ${text}` });
  };
  new Visitor({
    Literal: (node) => {
      if (typeof node.value === "string") look(node, node.value);
    },
    TemplateElement: (node) => look(node, node.value.raw),
  }).visit(program);
  return findings;
}

function clientCalls({ path, program, lineAt }: Source): Finding[] {
  const findings: Finding[] = [];
  const refuse = (node: ESTree.Node, what: string): void => {
    findings.push({
      path,
      line: lineAt(node.start),
      message: `${what}: only daemon/courier may reach outside`,
    });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      if (node.importKind === "type" || (talk.path.test(path) && node.source.value === talk.module)) return;
      if (path === answers && node.source.value === "node:dgram") return;
      for (const what of clientImports(node)) refuse(node, what);
    },
    ImportExpression: (node) => {
      const name = node.source.type === "Literal" ? String(node.source.value) : "";
      if (clientModules.has(name) || name in serverNames) refuse(node, `import("${name}")`);
    },
    CallExpression: (node) => {
      if (node.callee.type === "Identifier" && node.callee.name === "fetch") refuse(node, "fetch()");
    },
    MemberExpression: (node) => {
      const isGlobal = node.object.type === "Identifier" && node.object.name === "globalThis";
      if (isGlobal && node.property.type === "Identifier" && clientGlobals.has(node.property.name)) {
        refuse(node, `globalThis.${node.property.name}`);
      }
    },
    NewExpression: (node) => {
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      if (clientGlobals.has(name) && !isUnixWebSocket(node.arguments)) refuse(node, `new ${name}()`);
    },
  }).visit(program);
  for (const { node, name } of looseConnectors(program)) refuse(node, `${name} of node:net`);
  return findings;
}

/** The names that an import takes from a module with clients. */
function clientImports(node: ESTree.ImportDeclaration): string[] {
  const module = node.source.value;
  if (clientModules.has(module)) return [`import of ${module}`];
  const allowed = serverNames[module];
  if (allowed === undefined) return [];
  return node.specifiers.flatMap((specifier) => {
    if (specifier.type !== "ImportSpecifier") return [`import of all of ${module}`];
    const name =
      specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
    const isJudgedByUse = module === "node:net" && connectors.has(name);
    return specifier.importKind === "type" || allowed.has(name) || isJudgedByUse
      ? []
      : [`${name} of ${module}`];
  });
}
