/**
 * How the page is built: `vite build web` writes web/dist, which the keeper serves.
 *
 * Nothing may need more than the keeper's strict content policy allows: no inlined scripts or
 * data URLs, no polyfill that the browsers we support do not need. `vite web` serves the sources
 * for people who change the page, with the API of a daemon that runs beside it.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { shellPlugin } from "./shell/plugin.ts";

const daemon = `http://127.0.0.1:${process.env["SILL_PORT"] ?? "8460"}`;

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [shellPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: daemon, ws: true }, "/notice": daemon },
  },
});
