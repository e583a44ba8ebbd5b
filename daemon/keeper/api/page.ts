/**
 * Page: the built page (web/dist), or a few friendly words when it has not been built.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { Fault } from "../../../hal/fault.ts";
import type { Api, ApiContext } from "./context.ts";
import { openToEveryone } from "./route-table.ts";

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sill</title>
<h1>Sill is running</h1>
<p>The doorbell works, but its page has not been built yet. Build it with <code>npx vite build web</code>
and load this again.</p>
<p>Meanwhile: <a href="/healthz">health</a>, <a href="/api/status">status</a>, <a href="/api/docs">the API</a>.</p>
</html>
`;

export async function pageRoutes(api: Api, { webRoot }: ApiContext): Promise<void> {
  const isBuilt = existsSync(join(webRoot, "index.html"));
  if (isBuilt) {
    await api.register(async (open: Api) => {
      openToEveryone(open);
      await open.register(fastifyStatic, {
        root: webRoot,
        cacheControl: false,
        // names under assets/ carry a hash of their content
        setHeaders: (reply, path) =>
          void reply.header(
            "cache-control",
            path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
          ),
      });
    });
  } else {
    api.get("/", { config: { allow: "everyone" }, schema: { hide: true } }, async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send(notBuilt),
    );
  }
  api.setNotFoundHandler(async ({ method, url }) => {
    throw new Fault("not-found", `nothing at ${method} ${url.slice(0, 100)}`, { hint: "see /api/docs" });
  });
}
