/**
 * How the portal's pages are built: `vite build portal/web` writes portal/web/dist, which the portal serves.
 *
 * As the doorbell's own page (web/vite.config.ts): nothing that a strict content policy would refuse. The base
 * is the root of the host, because a share link (/s/ID) is one folder down. `vite portal/web` serves
 * the sources for people who change them, with the API of a portal that runs beside it.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const portal = `http://127.0.0.1:${process.env["SILL_PORTAL_PORT"] ?? "8470"}`;

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
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
    proxy: { "/api": portal, "/log": portal, "/dock": portal },
  },
});
