/** GStreamer keeps its list of plugins where the service manager lets it: made anew at each sound it costs half a second. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { systemClock as clock } from "../../../hal/clock.ts";
import { launch } from "../../../hal/gst/launched.ts";

const units = new URL("../../../scripts/package/debian/units/", import.meta.url);

test("the list of plugins is kept in the cache folder that the unit names", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sill-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
  try {
    const pipeline = "fakesrc num-buffers=1 ! fakesink".split(" ");
    await launch({ clock, name: "nothing", hint: "", pipeline }).over;
    expect(await readdir(join(folder, "gstreamer-1.0"))).toEqual([expect.stringMatching(/^registry/u)]);
  } finally {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  }
});

test.each(["sill-eye", "sill-keeper", "sill-rtsp"])("%s has such a folder", async (unit) => {
  const text = await readFile(new URL(`${unit}.service`, units), "utf8");
  expect(text).toMatch(new RegExp(`^CacheDirectory=${unit}$`, "mu"));
  expect(text).toMatch(new RegExp(`^Environment=.* XDG_CACHE_HOME=%C/${unit}$`, "mu"));
});
