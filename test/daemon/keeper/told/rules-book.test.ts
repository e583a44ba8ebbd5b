/** What is over stays over, on the disk too. */
import { expect, test } from "vitest";
import { everything } from "../../../../daemon/alerts/rules.ts";
import { house, RulesBook } from "../../../../daemon/keeper/told/rules-book.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { BrittleFiles } from "../../files/brittle-files.ts";

const hourMs = 3_600_000;
const present = (): readonly string[] | null => null;

async function snoozedBook() {
  const [files, clock] = [new BrittleFiles(), new SimClock()];
  const rules = await RulesBook.open({ files, clock, present });
  const now = clock.wallMs();
  await rules.putSnooze(house, {
    sinceWallMs: now,
    untilWallMs: now + hourMs,
    ringThrough: false,
    by: "Ada",
  });
  return { files, clock, rules };
}

/** As a start of the machine finds it whose clock is where it was when the snooze began. */
async function afterReboot(files: BrittleFiles) {
  return RulesBook.open({ files: files.afterPowerCut(), clock: new SimClock(), present });
}

test("a snooze that was over does not run again after a reboot with the clock behind", async () => {
  const { files, clock, rules } = await snoozedBook();
  expect((await afterReboot(files)).snooze(house)).not.toBeNull();
  await clock.advance(hourMs);
  await rules.tend();
  expect((await afterReboot(files)).snooze(house)).toBeNull();
});

test("a disk that is full then is tried again", async () => {
  const { files, clock, rules } = await snoozedBook();
  await clock.advance(hourMs);
  files.roomBytes = 0;
  await rules.tend();
  expect(rules.snooze(house)).toBeNull();
  expect((await afterReboot(files)).snooze(house)).not.toBeNull();
  files.roomBytes = Infinity;
  await rules.tend();
  expect((await afterReboot(files)).snooze(house)).toBeNull();
  const written = files.changes.length;
  await rules.tend();
  expect(files.changes.length).toBe(written);
});

/** Its next write waits until the test lets it go on. */
class GatedFiles extends BrittleFiles {
  readonly began = Promise.withResolvers<void>();
  readonly go = Promise.withResolvers<void>();

  override async write(name: string, bytes: Uint8Array): Promise<void> {
    this.began.resolve();
    await this.go.promise;
    await super.write(name, bytes);
  }
}

test("a choice that is being written does not bring a snooze back that ends meanwhile", async () => {
  const { files: before } = await snoozedBook();
  const [files, clock] = [new GatedFiles(before.disk), new SimClock()];
  const rules = await RulesBook.open({ files, clock, present });
  const chosen = { ...everything("UTC"), digestAfter: false };
  const writing = rules.putRules("somebody", chosen);
  await files.began.promise;
  clock.stepWall(2 * hourMs);
  const forgotten = rules.tend();
  clock.stepWall(-2 * hourMs);
  files.go.resolve();
  await Promise.all([writing, forgotten]);
  const next = await afterReboot(files);
  expect([rules.snooze(house), next.snooze(house)]).toEqual([null, null]);
  expect(next.rules("somebody")).toEqual(chosen);
});

test("what was chosen before movement had names still means all of it", async () => {
  const chosen = (kinds: string[]) => ({ rules: { ...everything("UTC"), kinds }, snooze: null });
  const old = {
    version: 1,
    house: chosen(["ring"]),
    people: { "person-0001": chosen(["ring", "motion"]), "person-0002": { rules: null, snooze: null } },
  };
  const disk = new Map([["rules.json", new TextEncoder().encode(JSON.stringify(old))]]);
  const [files, clock] = [new BrittleFiles(disk), new SimClock()];
  const rules = await RulesBook.open({ files, clock, present });
  const all = ["ring", "motion", "person", "vehicle", "animal", "other"];
  expect(rules.fault).toBeNull();
  expect(rules.rules(house).kinds).toEqual(["ring"]);
  expect(rules.rules("person-0001").kinds).toEqual(all);
  // and from now on the word means what it says
  await rules.putRules("person-0002", { ...everything("UTC"), kinds: ["ring", "motion"] });
  const again = await RulesBook.open({ files, clock, present });
  expect(again.rules("person-0001").kinds).toEqual(all);
  expect(again.rules("person-0002").kinds).toEqual(["ring", "motion"]);
});
