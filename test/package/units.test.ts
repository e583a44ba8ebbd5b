/** The package's units start Node as `sill run` does. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeFlags } from "../../hal/node-flags.ts";

const folder = join(import.meta.dirname, "../../scripts/package/debian/units");
const started = readdirSync(folder).flatMap((name) => {
  const [, flags] = /^ExecStart=\S+\/bin\/node (.+?) \S+\/main\.js/mu.exec(
    readFileSync(join(folder, name), "utf8"),
  ) ?? [name, null];
  return flags === null || flags === undefined ? [] : [{ name, flags: flags.split(" ") }];
});

test("there are some", () => {
  expect(started.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["sill-courier.service", "sill-eye.service", "sill-keeper.service"]),
  );
});

test.each(started)("$name has the flags of every process of Sill", ({ flags }) => {
  expect(flags).toEqual(expect.arrayContaining([...nodeFlags]));
});
