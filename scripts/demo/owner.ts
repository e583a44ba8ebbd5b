/**
 * Owner: what they do on the doorbell's own page, with a phone.
 */
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { GrantCard, Requests } from "../../daemon/wire/api-consent.ts";
import { Fault } from "../../hal/fault.ts";
import { words } from "../../web/words.ts";
import { getJson } from "../rigs/person.ts";
import type { Pictures } from "./pictures.ts";
import { place, type Stage } from "./stage.ts";

const everyMs = 500;

/** Throws when it does not come about in time. */
async function until<T>(what: string, ask: () => Promise<T | null>, withinMs = 180_000): Promise<T> {
  const endMs = Date.now() + withinMs;
  while (Date.now() < endMs) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Fault("timeout", `waited ${withinMs / 1_000} s for ${what}`);
}

/** Somebody walks up and rings; the recording is complete when this resolves. */
export async function visitor({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  await owner.goto(door.url);
  const events = async (): Promise<Event[]> =>
    (await getJson<{ events: Event[] }>(door, "/api/events?limit=5")).events;
  await until("the camera", async () =>
    (await getJson<Status>(door, "/api/status")).camera.state === "running" ? true : null,
  );
  await until("a visitor", async () => (await events()).find(({ kind }) => kind === "motion") ?? null);
  await owner.waitForTimeout(4_000);
  await door.fetch("/api/sim/press", { method: "POST" });
  await owner.waitForTimeout(1_500);
  await pictures.take(
    owner,
    "door",
    "Somebody comes to the door. What lies beyond the property line is black, for everybody and for ever.",
  );
  await until("the end of the recording", async () => {
    const kept = (await events()).find(({ state, thumbnail }) => state === "closed" && thumbnail);
    return kept ?? null;
  });
  const ring = owner.getByRole("button", { name: words.ring.dismiss, exact: true });
  if ((await ring.count()) > 0) await ring.click();
}

export async function sayPlace({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  await owner.goto(new URL("#/place", door.url).href);
  await owner.getByLabel(words.place.field).fill(`geo:${place.lat},${place.lon}`);
  await owner.getByRole("button", { name: words.place.save, exact: true }).waitFor();
  await pictures.take(owner, "place", "The owner says where the house is. It never leaves the doorbell.");
  await owner.getByRole("button", { name: words.place.save, exact: true }).click();
  await owner.getByText(words.place.saved).waitFor();
}

/** How many requests wait; each is found by the doorbell's own look at the log, within some minutes. */
export async function isAsked({ door }: Stage, count: number): Promise<void> {
  await until("the doorbell's next look at the public log", async () => {
    const { requests } = await getJson<Requests>(door, "/api/requests");
    return requests.length >= count ? requests : null;
  });
}

export async function read({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  await owner.goto(new URL("#/requests", door.url).href);
  await owner.locator("[data-request]").first().waitFor();
  await owner.waitForTimeout(1_000);
  await pictures.take(
    owner,
    "asked",
    "The doorbell found that it is meant, and told nobody. The owner reads who asks for what.",
  );
  await owner.locator(".clip-cell").first().scrollIntoViewIfNeeded();
  await owner.mouse.wheel(0, 300);
  await pictures.take(
    owner,
    "decide",
    "What nobody has checked, which recordings match, and two answers of one size.",
  );
}

export async function share({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  const next = owner.getByTestId("next");
  await owner.getByTestId("choose").first().click();
  const oneOfSeveral = owner.getByRole("button", { name: /^Choose seconds of/u }).first();
  await oneOfSeveral.or(owner.getByTestId("trim")).first().waitFor();
  if (await oneOfSeveral.isVisible()) await oneOfSeveral.click();
  await owner.getByTestId("trim").waitFor();
  await owner.getByRole("button", { name: words.player.play }).first().isEnabled();
  await owner.getByRole("button", { name: words.share.startHere }).first().click();
  for (let i = 0; i < 3; i += 1) await owner.locator('[data-edge="to"]').press("ArrowRight");
  await owner.locator('[data-edge="to"]').scrollIntoViewIfNeeded();
  await pictures.take(
    owner,
    "choose",
    "Seconds are chosen on the recording itself. Nothing is chosen beforehand.",
  );
  await next.click();
  await owner.getByTestId("facts").waitFor();
  await owner.locator('[data-testid="next"]:not([disabled])').waitFor();
  await pictures.take(owner, "check", "Exactly what would leave, to whom, and what was promised.");
  await next.click();
  await owner.getByTestId("sign").waitFor();
  await pictures.take(owner, "sign", "One signature, for exactly these bytes.");
  await owner.getByTestId("sign").click();
  await owner.getByTestId("countdown").waitFor();
  await pictures.take(
    owner,
    "cooling-off",
    "It waits a while before it leaves, and can be cancelled without a trace.",
  );
  await until("the delivery", async () => {
    const { grants } = await getJson<{ grants: GrantCard[] }>(door, "/api/grants");
    return grants[0]?.deliveredWallMs == null ? null : grants[0];
  });
}

export async function seeReceipt({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  const { grants } = await getJson<{ grants: GrantCard[] }>(door, "/api/grants");
  const id = grants[0]?.id ?? "";
  await door.fetch(`/api/grants/${id}/ask`, { method: "POST" });
  await until("the receipt", async () => {
    const card = await getJson<GrantCard>(door, `/api/grants/${id}`);
    return card.receipt === null ? null : card;
  });
  await owner.goto(new URL(`#/shared/${id}`, door.url).href);
  await owner.getByTestId("grant-facts").waitFor();
  await pictures.take(owner, "receipt", "The owner sees the promise, and can ask for deletion at any time.");
}

export async function sayNo({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  await owner.goto(new URL("#/requests", door.url).href);
  const no = owner.getByTestId("no").first();
  await no.click();
  await owner.waitForTimeout(600);
  await pictures.take(owner, "no", "Another request. No is one tap, and nobody is told.");
}

export async function lookBack({ door, owner }: Stage, pictures: Pictures): Promise<void> {
  await owner.goto(new URL("#/history", door.url).href);
  await owner.locator(".history-entry").first().waitFor();
  await pictures.take(
    owner,
    "history",
    "All of it stands in the ledger, which the owner's browser checks at every visit.",
  );
}
