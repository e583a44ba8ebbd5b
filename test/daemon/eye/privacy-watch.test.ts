/** The eye reads for itself whether its sight is closed; what it cannot read is closed. */
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PrivacyWatch, type PrivacyState } from "../../../daemon/eye/privacy-watch.ts";
import { closedAnew, type Closure } from "../../../daemon/wire/privacy.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { tempFolder } from "../keeper/temp-folder.ts";

const hourMs = 3_600_000;

interface Machine {
  readonly clock?: SimClock;
  readonly boot?: string | null;
}

async function openWatch(folder: string, { clock = new SimClock(), boot = "boot-a" }: Machine = {}) {
  const path = join(folder, "privacy.json");
  const changes: boolean[] = [];
  const runningTime = () => ({ boot, ms: clock.monoMs() });
  const watch = new PrivacyWatch({
    path,
    seenPath: join(folder, "eye", "privacy-seen.json"),
    clock,
    runningTime,
    onChange: ({ closed }) => changes.push(closed),
  });
  const before = watch.state.closed;
  await watch.start();
  return {
    watch,
    clock,
    changes,
    before,
    closure: (forMs: number | null): Closure =>
      closedAnew(null, { by: "owner", name: "Ada", forMs }, { ...runningTime(), wallMs: clock.wallMs() }),
    says: async (text: string): Promise<PrivacyState> => {
      await writeFile(`${path}.new`, text); // whole, as the keeper writes it
      await rename(`${path}.new`, path);
      await watch.reload();
      return watch.state;
    },
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}
const open = '{"closure":null}';

test("it is closed until the file was looked for, and open where there never was one", async () => {
  await using folder = await tempFolder();
  await using eye = await openWatch(folder.path);
  expect([eye.before, eye.watch.state]).toEqual([true, { closed: false, byWord: false, fault: null }]);
});

test("closes and opens with the file, and by itself when the time has run", async () => {
  await using folder = await tempFolder();
  await using eye = await openWatch(folder.path);
  expect((await eye.says(JSON.stringify({ closure: eye.closure(null) }))).closed).toBe(true);
  expect((await eye.says(open)).closed).toBe(false);
  await eye.says(JSON.stringify({ closure: eye.closure(hourMs) }));
  eye.clock.stepWall(400 * 24 * hourMs);
  await eye.watch.reload();
  expect(eye.watch.state.closed).toBe(true);
  await eye.clock.advance(hourMs);
  await eye.watch.reload();
  expect([eye.watch.state.closed, eye.changes]).toEqual([false, [false, true, false, true, false]]);
});

test("another start of the machine keeps it closed, whatever time it is", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  {
    await using eye = await openWatch(folder.path, { clock });
    await eye.says(JSON.stringify({ closure: eye.closure(hourMs) }));
  }
  await clock.advance(30 * 24 * hourMs);
  for (const boot of ["boot-b", null]) {
    await using again = await openWatch(folder.path, { clock, boot });
    expect(again.watch.state).toEqual({ closed: true, byWord: false, fault: null });
  }
  await using same = await openWatch(folder.path, { clock });
  expect(same.watch.state.closed).toBe(false);
});

describe("fails closed when the file", () => {
  test.each([
    ["is no JSON", '{"closure":'],
    ["is empty", ""],
    ["says more than it should", '{"closure":null,"open":true}'],
    ["closes without a word by whom", '{"closure":{}}'],
  ])("%s", async (_, text) => {
    await using folder = await tempFolder();
    await using eye = await openWatch(folder.path);
    await eye.says(open);
    expect(await eye.says(text)).toMatchObject({ closed: true, fault: { kind: "corrupt" } });
    expect(await eye.says(open)).toEqual({ closed: false, byWord: false, fault: null });
  });

  test("is gone after there was one, also for the next eye", async () => {
    await using folder = await tempFolder();
    {
      await using eye = await openWatch(folder.path);
      await eye.says(open);
      await rm(join(folder.path, "privacy.json"));
      await eye.watch.reload();
      expect(eye.watch.state).toMatchObject({ closed: true, fault: { kind: "corrupt" } });
    }
    await using next = await openWatch(folder.path);
    expect(next.watch.state).toMatchObject({ closed: true, fault: { kind: "corrupt" } });
  });

  test("is something that cannot be read", async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, "privacy.json"));
    await using eye = await openWatch(folder.path);
    expect(eye.watch.state.closed).toBe(true);
    expect(eye.watch.state.fault).not.toBeNull();
  });
});

test("a memory that cannot be written closes nothing", async () => {
  await using folder = await tempFolder();
  await writeFile(join(folder.path, "eye"), "no folder");
  await chmod(join(folder.path, "eye"), 0o400);
  await using eye = await openWatch(folder.path);
  expect((await eye.says(open)).closed).toBe(false);
});

test("a word closes before the file does, and only the file opens", async () => {
  await using folder = await tempFolder();
  await using eye = await openWatch(folder.path);
  await eye.says(open);
  const held = eye.watch.hold(true);
  expect(eye.watch.state.closed).toBe(true);
  await held;
  expect((await eye.says(open)).closed).toBe(true);
  await eye.says(JSON.stringify({ closure: eye.closure(null) }));
  await eye.watch.hold(false);
  expect(eye.watch.state.closed).toBe(true);
  await eye.says(open);
  expect(eye.watch.state.closed).toBe(false);
});

test("closed again by word while the file is read for opening it stays closed", async () => {
  await using folder = await tempFolder();
  await using eye = await openWatch(folder.path);
  await eye.says(open);
  void eye.watch.hold(true);
  const opening = eye.watch.hold(false);
  void eye.watch.hold(true);
  await opening;
  expect(eye.watch.state.closed).toBe(true);
});
