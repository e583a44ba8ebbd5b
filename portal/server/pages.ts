/**
 * Pages: the built pages (portal/web/dist), or a few friendly words when they have not been built.
 *
 * Addresses of pages (/s/ID, /agencies/ID) are the one index.html, which finds its way itself.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { Fault } from "../../hal/fault.ts";
import type { Api, PortalContext } from "./context.ts";

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sill portal</title>
<h1>The portal is running</h1>
<p>Its pages have not been built yet. Build them with <code>npm run build</code> and load this again.</p>
<p>Meanwhile: <a href="/api/portal">about</a>, <a href="/api/requests">requests</a>,
<a href="/log/checkpoint">the public log</a>.</p>
</html>
`;

const notPages = /^\/(?:\/|(?:api|log|dock|assets)(?:\/|$))/u;

export async function pageRoutes(api: Api, { webRoot }: PortalContext): Promise<void> {
  const isBuilt = existsSync(join(webRoot, "index.html"));
  if (isBuilt)
    await api.register(fastifyStatic, {
      root: webRoot,
      cacheControl: false,
      index: false,
      wildcard: true,
      // names under assets/ carry a hash of their content
      setHeaders: (reply, path) =>
        void reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        ),
    });
  api.setNotFoundHandler(async ({ method, url }, reply) => {
    const path = url.split("?", 1)[0] ?? "";
    const isPage = ["GET", "HEAD"].includes(method) && !notPages.test(path) && !path.includes(".");
    if (!isPage) throw new Fault("not-found", `nothing at ${method} ${path.slice(0, 100)}`);
    if (!isBuilt) return reply.type("text/html; charset=utf-8").send(notBuilt);
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
  if (isBuilt)
    api.get("/", async (_request, reply) => reply.header("cache-control", "no-cache").sendFile("index.html"));
  else api.get("/", async (_request, reply) => reply.type("text/html; charset=utf-8").send(notBuilt));
}
