/**
 * Browser: real Chromium, headless, with one page that is watched while it is used.
 *
 * `problems` collects console errors, warnings and uncaught exceptions; `hosts` every host that
 * the page talks to, WebSockets included. A request to any host but the page's own is refused.
 */
import type { Page } from "playwright-core";
import { giveKeyring, openBrowser } from "../../scripts/rigs/browser.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";

export interface Watched extends AsyncDisposable {
  readonly page: Page;
  readonly problems: string[];
  readonly hosts: Set<string>;
  close(): Promise<void>;
}

/** As the owner that startDaemon has paired, unless another seed is given. */
export async function openPage(
  url: string,
  seed = testSeed(1),
  args: readonly string[] = [],
): Promise<Watched> {
  const watched = await openBlank(url, args);
  await giveKeyring(watched.page, url, seed);
  await watched.page.goto(url);
  return watched;
}

/** Nothing is opened yet; no host but that of `url` can be. */
export async function openBlank(url: string, args: readonly string[] = []): Promise<Watched> {
  const browser = await openBrowser(args);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  const hosts = new Set<string>();
  const own = new URL(url).host;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== "blob:") hosts.add(host);
  });
  page.on("websocket", (socket) => hosts.add(new URL(socket.url()).host));
  await page.route(
    (address) => address.host !== own && address.protocol !== "blob:",
    (route) => route.abort(),
  );
  const close = async (): Promise<void> => browser.close();
  return { page, problems, hosts, close, [Symbol.asyncDispose]: close };
}
