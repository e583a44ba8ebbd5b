/**
 * Agency: what its officer does at the portal's desk.
 */
import { deskWords } from "../../portal/web/desk/words.ts";
import { requestOf, signedRequest, signInAgency } from "../rigs/portal.ts";
import { expectOk } from "../rigs/person.ts";
import type { Pictures } from "./pictures.ts";
import { place, type Stage } from "./stage.ts";

const minuteMs = 60_000;
const { compose: say } = deskWords;

export async function signIn({ desk, portal, agencyKeyFile }: Stage): Promise<void> {
  await desk.goto(`${portal.url}/#/desk`);
  const buffer = Buffer.from(agencyKeyFile);
  await desk
    .getByTestId("key-file")
    .setInputFiles({ name: "harbour-police.txt", mimeType: "text/plain", buffer });
  await desk.getByRole("heading", { name: "Harbour Police" }).waitFor();
}

/** The forty minutes that end now; the form counts in minutes, so the one of the recording must be over. */
export async function ask({ desk, portal }: Stage, pictures: Pictures): Promise<void> {
  const field = (label: string) => desk.getByLabel(label, { exact: true });
  await desk.waitForTimeout(minuteMs - (Date.now() % minuteMs));
  await desk.getByRole("link", { name: deskWords.tabs.compose, exact: true }).first().click();
  await field(say.incidentType).selectOption("burglary");
  await field(say.case).fill("HP-2026-118");
  await field(say.purpose).fill(
    "Somebody broke into the bakery and left on foot. We look for which way they went.",
  );
  await field(say.lat).fill(String(place.lat + 0.0008));
  await field(say.lon).fill(String(place.lon + 0.0011));
  await field(say.from).fill(localText(Date.now() - 40 * minuteMs));
  await field(say.to).fill(localText(Date.now()));
  await field(say.radius).fill("20");
  await desk.getByTestId("problems").waitFor();
  await desk.getByTestId("problems").scrollIntoViewIfNeeded();
  await pictures.take(
    desk,
    "limits",
    "An agency asks. A circle of 20 m would ask one home: the desk refuses it, as every doorbell would.",
  );
  await field(say.radius).fill("200");
  await desk.getByTestId("preview").scrollIntoViewIfNeeded();
  await desk.getByTestId("publish").click();
  await desk.getByTestId("published").waitFor();
  await desk.goto(`${portal.url}/#/`);
  await desk.getByTestId("notice").first().waitFor();
  await pictures.take(
    desk,
    "public",
    "The request stands in the public log, for everybody to read and check.",
  );
}

/** A second one, by the same desk; its hash is what the doorbell knows it by. */
export async function askAgain({ portal, agency }: Stage): Promise<void> {
  const nowMs = Date.now();
  const desk = await signInAgency(portal.url, agency);
  const request = requestOf(agency, nowMs, {
    area: { ...place, radiusM: 300 },
    case: "HP-2026-121",
    incidentType: "vandalism",
    purpose: "A bench was painted over.",
    window: { from: nowMs - 40 * minuteMs, to: nowMs - 1 },
  });
  const answer = await desk.post("/api/desk/requests", signedRequest(agency, request));
  await expectOk(answer);
}

export async function receive({ desk, portal }: Stage, pictures: Pictures): Promise<void> {
  await desk.goto(`${portal.url}/#/desk`);
  await desk.getByTestId("own-request").first().waitFor();
  await desk.goto(`${portal.url}/#/desk/parcels`);
  await desk.getByTestId("parcel").first().getByRole("link").first().click();
  await desk.getByTestId("open-parcel").click();
  await desk.getByTestId("opened").waitFor();
  await desk.locator('[data-testid="recording"][data-phase="ready"]').waitFor();
  await desk.getByTestId("play").click();
  await desk.waitForTimeout(1_500);
  await desk.getByTestId("opened").scrollIntoViewIfNeeded();
  await pictures.take(
    desk,
    "received",
    "The agency opens the parcel with its own key: the seconds that were signed, checked piece by piece.",
  );
  await desk.getByTestId("sign-receipt").click();
  await desk.getByTestId("receipt").getByText("You signed a receipt").waitFor();
  await desk.getByTestId("receipt").scrollIntoViewIfNeeded();
  await pictures.take(desk, "promise", "It signs a receipt, and with it until when it keeps them.");
}

/** "2026-11-24T20:00" in this machine's time zone, as the field writes it. */
function localText(wallMs: number): string {
  const zoneMs = new Date(wallMs).getTimezoneOffset() * minuteMs;
  return new Date(wallMs - zoneMs).toISOString().slice(0, 16);
}
