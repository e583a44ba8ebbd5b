/** A V4L2 camera that fails: what the driver can do to us, told in words, and survived. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gstCamera, type GstCameraOptions } from "../../hal/gst/camera.ts";
import { listVideoNodes } from "../../hal/gst/devices.ts";
import { findVivid, type Vivid } from "./video/vivid.ts";
import { faultOf, frameOf, growsStrictly, watch } from "./video/watch.ts";

const bench = findVivid();
const vivid = bench as Vivid;
const small = { width: 320, height: 180, fps: 15, stallMs: 4_000 };
const camera = (more: Partial<GstCameraOptions> = {}) =>
  gstCamera({ ...small, ...more, source: more.source ?? vivid.path });
const worksAgain = async (source = vivid.path): Promise<void> => {
  await using open = await camera({ source }).open();
  expect(growsStrictly(await watch(open, 3))).toBe(true);
};

describe.skipIf(bench === null)("a V4L2 camera that fails (vivid; skipped where the kernel has none)", () => {
  beforeAll(() => vivid.restore());
  afterAll(() => vivid.restore());

  describe("on opening", () => {
    test.for(["setupFails", "prepareFails", "startFails"] as const)(
      "%s: it does not start, and does the next time",
      async (control) => {
        vivid.set(control, 1);
        const fault = await faultOf(camera().open());
        expect(fault).toMatchObject({
          kind: "unavailable",
          message: expect.stringContaining("does not start"),
        });
        expect(fault.hint).toMatch(/plug/);
        await worksAgain();
      },
    );

    test("it is held by somebody else until they let go", async () => {
      await using holder = await camera().open();
      await frameOf(holder);
      const fault = await faultOf(camera({ width: 640, height: 480 }).open());
      expect(fault).toMatchObject({
        kind: "unavailable",
        message: expect.stringContaining("another program"),
      });
      expect(fault.hint).toContain(`fuser -v ${vivid.path}`);
      expect(growsStrictly(await watch(holder, 3))).toBe(true);
      await holder.close();
      await worksAgain();
    });

    test("a user outside the group video is told to join it", async (context) => {
      if (process.getuid?.() !== 0) return context.skip("only root can be somebody else");
      const mode = statSync(vivid.path).mode;
      chmodSync(vivid.path, 0o660);
      const script = join(import.meta.dirname, "video", "try-camera.ts");
      const nobody = { uid: 65_534, gid: 65_534, encoding: "utf8" } as const;
      expect(JSON.parse(execFileSync(process.execPath, [script, vivid.path], nobody))).toMatchObject({
        kind: "denied",
        hint: expect.stringContaining("usermod -aG video"),
      });
      chmodSync(vivid.path, mode);
    });

    test("a video device that is no camera is refused with what it is", async (context) => {
      const other = (await listVideoNodes()).find(({ use }) => use !== "camera");
      if (other === undefined) return context.skip("every video device here is a camera");
      const fault = await faultOf(camera({ source: other.path }).open());
      expect(fault).toMatchObject({ kind: "invalid", message: `${other.path} is no camera: ${other.why}` });
    });
  });

  describe("in the middle", () => {
    afterEach(() => vivid.restore());

    test("silence is a stall, and the camera works again when it is opened anew", async () => {
      await using open = await camera({ stallMs: 1_500 }).open();
      const reading = watch(open, 1_000, (i) => i === 5 && vivid.set("dropPercent", 100));
      expect(await faultOf(reading)).toMatchObject({
        kind: "timeout",
        message: expect.stringContaining("no picture for 1500 ms"),
      });
      await open.close();
      vivid.set("dropPercent", 0);
      await worksAgain();
    });

    test("some dropped frames are no stall: the times show the gaps", async () => {
      await using open = await camera({ fps: 30 }).open();
      vivid.set("dropPercent", 60);
      const seen = await watch(open, 20);
      expect(growsStrictly(seen)).toBe(true);
      expect((seen.at(-1)?.ptsUs ?? 0) / 20).toBeGreaterThan(1.3e6 / 30);
    });

    test("a bad frame is passed over", async () => {
      await using open = await camera().open();
      const seen = await watch(open, 20, (i) => i === 5 && vivid.set("badFrame", 1));
      expect(growsStrictly(seen)).toBe(true);
    });

    test("a driver whose queue fails is unavailable, with what to check", async () => {
      await using open = await camera().open();
      const fault = await faultOf(watch(open, 200, (i) => i === 5 && vivid.set("queueFails", 1)));
      expect(fault).toMatchObject({ kind: "unavailable", hint: expect.stringContaining("cable") });
      await open.close();
      await worksAgain();
    });

    test("another program cannot change the format or the input of a running camera", async () => {
      await using open = await camera().open();
      const seen = await watch(open, 20, (i) => {
        if (i === 5) expect(() => vivid.format(640, 480)).toThrow(/EBUSY/);
        if (i === 10) expect(() => vivid.input("hdmi")).toThrow(/EBUSY/);
      });
      expect(growsStrictly(seen)).toBe(true);
    });

    test("a format that was changed while it was closed is set again", async () => {
      await (await camera().open()).close();
      vivid.format(640, 480);
      await using open = await camera().open();
      expect([open.info.width, (await frameOf(open)).width]).toEqual([320, 320]);
    });

    test("one that the driver gives up is unplugged, and comes back when it is let go", async () => {
      await using open = await camera().open();
      const fault = await faultOf(watch(open, 200, (i) => i === 5 && vivid.set("disconnect", 1)));
      expect(fault).toMatchObject({
        kind: "unavailable",
        message: expect.stringContaining("was unplugged"),
      });
      expect(await faultOf(camera().open())).toMatchObject({ kind: "unavailable" });
      await open.close(); // vivid registers itself again when nobody holds it
      await worksAgain();
    });

    test("one that is pulled out is unplugged, then not there, and back under its name", async () => {
      const { path } = vivid;
      await using open = await camera().open();
      const fault = await faultOf(watch(open, 200, (i) => i === 5 && vivid.pullOut()));
      expect(fault).toMatchObject({
        kind: "unavailable",
        message: expect.stringContaining("was unplugged"),
        hint: expect.stringContaining("plug it in"),
      });
      await open.close();
      expect(existsSync(path)).toBe(false);
      expect(await faultOf(camera({ source: path }).open())).toMatchObject({ kind: "not-found" });
      vivid.plugIn();
      expect(vivid.path).toBe(path);
      await worksAgain(path);
    });

    test("where another camera has taken its name, the hint says under which it is", async () => {
      const fault = await faultOf(camera({ source: "/dev/video63" }).open());
      expect(fault).toMatchObject({ kind: "not-found", hint: expect.stringContaining(vivid.path) });
    });
  });
});
