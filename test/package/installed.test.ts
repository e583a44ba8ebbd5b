import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import { version } from "../../daemon/wire/sill-version.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { Container, containerProblem } from "../../scripts/rigs/container.ts";
import { policyOf } from "../../scripts/rigs/paired.ts";
import {
  doorOf,
  getJson,
  human,
  pair,
  putJson,
  signIn,
  type SignedInHuman,
} from "../../scripts/rigs/person.ts";
import { OnvifClient } from "../../scripts/rigs/onvif-client.ts";
import { RtspClient } from "../../scripts/rigs/rtsp-client.ts";
import { buildDebs, debName, otherVersion } from "./packages.ts";
import { probe, probeIn } from "./probe.ts";

const problem = containerProblem();
const folder = mkdtempSync(join(tmpdir(), "sill-installed-"));
const arch = process.arch === "arm64" ? "arm64" : "amd64";
const units = ["sill-keeper", "sill-eye", "sill-courier"] as const;
const house = "/var/lib/sill/house";
/** More power cuts, at random moments: `npm run rig:package`. */
const cuts = Number(process.env["SILL_PACKAGE_CUTS"] ?? "0");
const mostUpgradeMs = 6_000;
const wait = { timeout: 120_000, interval: 250 };

let box: Container;
let url = "";
let first = "";
let owner: SignedInHuman;

/** A porch without visitors: nothing happens but what a test does. */
const settings = (port: number): string => `data: ${house}
memory: /var/lib/sill/eye
run: /run/sill
web: { port: ${port} }
camera: { width: 320, height: 180, fps: 10 }
sim: { visitorsPerHour: 0 }
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

const value = async (unit: string, name: string): Promise<string> =>
  (await box.ok(["systemctl", "show", "-P", name, `${unit}.service`])).trim();
const states = (): Promise<string[]> => Promise.all(units.map((unit) => value(unit, "ActiveState")));
const allActive = (): Promise<void> =>
  vi.waitFor(async () => expect(await states()).toEqual(["active", "active", "active"]), wait);
const runs = async (): Promise<string> => (await box.ok(["sill", "version"])).split(" ")[1] ?? "";
const log = (unit: string): Promise<string> =>
  box.ok(["journalctl", "--no-pager", "-o", "cat", "-u", `${unit}.service`]);

function put(deb: string): string {
  const path = `/root/${deb.split("/").at(-1)}`;
  copyFileSync(deb, box.root + path);
  return path;
}

async function healthy(): Promise<Status> {
  return vi.waitFor(async () => {
    const status = await getJson<Status>(owner, "/api/status");
    expect(status.camera.state).toBe("running");
    return status;
  }, wait);
}

/** Rings and waits until its recording lies on the disk. */
async function recordedRing(): Promise<Clip> {
  await owner.fetch("/api/sim/press", { method: "POST" });
  return vi.waitFor(async () => {
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=20");
    const ring = events.find(({ kind }) => kind === "ring");
    const clip = await getJson<Clip>(owner, `/api/clips/${ring?.clip}`);
    expect(clip.fragments.length).toBeGreaterThan(0);
    return clip;
  }, wait);
}

async function countEvents(): Promise<number> {
  return (await getJson<{ events: Event[] }>(owner, "/api/events?limit=100")).events.length;
}

describe.runIf(problem === null)("in a container with systemd", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    const built = await buildDebs(folder, [`--arch=${arch}`]);
    if (built.code !== 0) throw new Error(built.stderr);
    first = join(folder, debName(arch));
    box = new Container();
    await box.boot();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    box.write("/etc/sill/sill.yaml", settings(port));
    box.write(
      "/etc/systemd/system/sill-gate.service.d/test.conf",
      "[Service]\nEnvironment=SILL_GATE_S=3 SILL_GATE_START_S=600\n",
    );
  }, 240_000);

  afterAll(async () => {
    await box?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }, 30_000);

  test("installed with dpkg it runs as three users, each of which has said that it is ready", async () => {
    await box.ok(["dpkg", "--install", "--force-confold", put(first)]);
    await allActive();
    for (const unit of units) {
      expect(await value(unit, "User")).toBe(unit);
      expect(await value(unit, "NRestarts")).toBe("0");
    }
    await vi.waitFor(async () => {
      expect(await value("sill-courier", "StatusText")).toBe("no portal is set; the keeper is there");
    }, wait);
    await vi.waitFor(async () => {
      const how = [await value("sill-rtsp", "ActiveState"), await value("sill-rtsp", "Result")];
      expect(how, "not switched on: done at once").toEqual(["inactive", "success"]);
    }, wait);
    expect(await runs()).toBe(version);
    expect(await log("sill-keeper")).toMatch(/^keeper is listening {2}address=\S+ port=\d+$/mu);
  });

  test("root makes it its owner's with sill pair, and the page answers", async () => {
    const { code } = JSON.parse(await box.ok(["sill", "pair", "--json"])) as { code: string };
    await pair(url, human(1), code);
    owner = await signIn(url, human(1));
    const { device } = await doorOf(url);
    const envelope = signEnvelope(owner.keys, payloadTypes.policy, policyOf(device));
    expect((await putJson(owner, "/api/policy", { envelope })).status).toBe(200);
    await vi.waitFor(async () => expect((await healthy()).mask.visibleFrac).toBeGreaterThan(0.5), wait);
  });

  test("a ring is recorded by the eye's own user, where only the keeper may read it and delete it", async () => {
    const clip = await recordedRing();
    const [owns, mode] = (
      await box.ok(["sh", "-c", `stat -c '%U %a' ${house}/clips/*/${clip.id}/init.mp4.age`])
    ).split(" ");
    expect([owns, mode?.trim()]).toEqual(["sill-eye", "640"]);
    expect((await owner.fetch(`/api/clips/${clip.id}/init.mp4`)).status).toBe(200);
    await vi.waitFor(async () => {
      const { state } = await getJson<Clip>(owner, `/api/clips/${clip.id}`);
      expect(state).toBe("complete");
    }, wait);
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=20");
    const event = events.find(({ clip: of }) => of === clip.id);
    expect((await owner.fetch(`/api/events/${event?.id}`, { method: "DELETE" })).status).toBeLessThan(300);
    expect((await box.run(["sh", "-c", `ls -d ${house}/clips/*/${clip.id}`])).code).not.toBe(0);
  });

  test("out of the eye's cage there is no network to reach, nor anything of the keeper's to change", async () => {
    await recordedRing();
    const said = await probeIn(box, "sill-eye", {
      house: probe.connect("127.0.0.1", Number(new URL(url).port)),
      world: probe.connect("192.0.2.1", 443),
      names: probe.lookUp("example.org"),
      interfaces: probe.interfaces(),
      courier: probe.knock("/run/sill/courier/courier.sock"),
      control: probe.knock("/run/sill/control/control.sock"),
      key: probe.read(`${house}/device.key`),
      index: probe.read(`${house}/sill.db`),
      policy: probe.write(`${house}/policy.json`),
      newPolicy: probe.write(`${house}/.policy.json.tmp`),
      lines: probe.device("gpiochip0"),
      mine: probe.write("/var/lib/sill/eye/probe"),
      clips: probe.write(`${house}/clips/probe`),
    });
    expect(said).toEqual({
      house: "EAFNOSUPPORT",
      world: "EAFNOSUPPORT",
      names: "failed",
      interfaces: "lo",
      courier: "EACCES",
      control: "EACCES",
      key: "EACCES",
      index: "EACCES",
      policy: "EACCES",
      newPolicy: "EACCES",
      lines: "EPERM",
      mine: "done",
      clips: "done",
    });
  });

  test("out of the courier's cage no recording can be read, and the house is not there", async () => {
    const clip = (await box.ok(["sh", "-c", `ls -d ${house}/clips/*/*/clip.json`])).split("\n")[0] ?? "";
    const said = await probeIn(box, "sill-courier", {
      clip: probe.read(clip),
      house: probe.list("/var/lib/sill"),
      eye: probe.knock("/run/sill/eye/eye.sock"),
      control: probe.knock("/run/sill/control/control.sock"),
      settings: probe.read("/etc/sill/sill.yaml"),
      keeper: probe.knock("/run/sill/courier/courier.sock"),
    });
    expect(said).toEqual({
      clip: "EACCES",
      house: "EACCES",
      eye: "EACCES",
      control: "EACCES",
      settings: "EACCES",
      keeper: "done",
    });
  });

  test("out of the keeper's cage there is no camera, and what the eye remembers cannot be changed", async () => {
    const said = await probeIn(box, "sill-keeper", {
      camera: probe.device("video0"),
      memory: probe.write("/var/lib/sill/eye/trust.json"),
      moved: probe.rename("/var/lib/sill/eye", "/var/lib/sill/was"),
      world: probe.connect("192.0.2.1", 443),
      page: probe.connect("127.0.0.1", Number(new URL(url).port)),
      house: probe.write(`${house}/probe`),
    });
    expect(said).toEqual({
      camera: "EPERM",
      memory: "EACCES",
      moved: "EROFS",
      world: "nobody answers",
      page: "done",
      house: "done",
    });
  });

  test("switched on and signed, the picture is given out of a cage of its own; switched off again it is not", async () => {
    const password = "a password of twelve";
    const [streamPort, onvifPort, port] = [await freePort(), await freePort(), Number(new URL(url).port)];
    box.write("/etc/sill/rtsp-password", password);
    await box.ok(["chown", "sill-rtsp", "/etc/sill/rtsp-password"]);
    const rtsp = { enabled: true, streamPort, onvifPort, passwordFile: "/etc/sill/rtsp-password" };
    box.write("/etc/sill/sill.yaml", `${settings(port)}rtsp: ${JSON.stringify(rtsp)}\n`);
    await box.ok(["systemctl", "restart", "sill.target"]);
    await allActive();
    owner = await vi.waitFor(() => signIn(url, human(1)), wait);
    const { device } = await doorOf(url);
    const signed = { ...policyOf(device, { publish: { rtsp: true } }), version: 2 };
    const envelope = signEnvelope(owner.keys, payloadTypes.policy, signed);
    expect((await putJson(owner, "/api/policy", { envelope })).status).toBe(200);
    await vi.waitFor(async () => {
      const status = await getJson<Status>(owner, "/api/status");
      expect(status.rtsp).toEqual({ allowed: true, port: streamPort, onvifPort, watching: 0 });
    }, wait);
    await using client = new RtspClient({ port: streamPort, password });
    await client.play();
    await vi.waitFor(() => expect(client.nals.length).toBeGreaterThan(10), wait);
    const onvif = new OnvifClient({ port: onvifPort, password });
    expect((await onvif.snapshot(`${onvif.base}/snapshot.jpg`)).status).toBe(200);
    const said = await probeIn(box, "sill-rtsp", {
      house: probe.list("/var/lib/sill"),
      eye: probe.knock("/run/sill/eye/eye.sock"),
      control: probe.knock("/run/sill/control/control.sock"),
      settings: probe.read("/etc/sill/sill.yaml"),
      world: probe.connect("192.0.2.1", 443),
      keeper: probe.knock("/run/sill/rtsp/rtsp.sock"),
    });
    expect(said).toEqual({
      house: "EACCES",
      eye: "EACCES",
      control: "EACCES",
      settings: "EACCES",
      world: "nobody answers",
      keeper: "done",
    });
    box.write("/etc/sill/sill.yaml", settings(port));
    await box.ok(["rm", "/etc/sill/rtsp-password"]); // its owner's, which a purge would leave
    await box.ok(["systemctl", "restart", "sill.target"]);
    await allActive();
    await vi.waitFor(async () => expect(await value("sill-rtsp", "ActiveState")).toBe("inactive"), wait);
    owner = await vi.waitFor(() => signIn(url, human(1)), wait);
  });

  test("a process that hangs is killed by its watchdog and started again", async () => {
    const dropIn = "/etc/systemd/system/sill-courier.service.d";
    box.write(`${dropIn}/test.conf`, "[Service]\nWatchdogSec=5\n");
    await box.ok(["systemctl", "daemon-reload"]);
    await box.ok(["systemctl", "restart", "sill-courier.service"]);
    const [pid, restarts] = [
      await value("sill-courier", "MainPID"),
      await value("sill-courier", "NRestarts"),
    ];
    await box.ok(["kill", "-STOP", pid]);
    await vi.waitFor(async () => {
      expect(Number(await value("sill-courier", "NRestarts"))).toBeGreaterThan(Number(restarts));
      expect(await value("sill-courier", "ActiveState")).toBe("active");
    }, wait);
    expect(await value("sill-courier", "MainPID")).not.toBe(pid);
    expect(await log("sill-courier")).toContain("Watchdog timeout");
    await box.ok(["rm", "-r", dropIn]);
    await box.ok(["systemctl", "daemon-reload"]);
  });

  test("an upgrade keeps the data, restarts all three and passes its gate", async () => {
    const events = await countEvents();
    const pids = await Promise.all(units.map((unit) => value(unit, "MainPID")));
    await box.ok(["dpkg", "--install", put(await otherVersion(first, "0.2.0", { folder }))]);
    await allActive();
    expect(await runs()).toBe("0.2.0");
    const now = await Promise.all(units.map((unit) => value(unit, "MainPID")));
    expect(now.filter((pid, i) => pid === pids[i])).toEqual([]);
    await vi.waitFor(
      async () => expect(await log("sill-gate")).toContain("sill: 0.2.0 has stayed well for 3 s"),
      wait,
    );
    await healthy();
    expect(await countEvents()).toBe(events);
    expect((await box.ok(["ls", "/usr/lib/sill/versions"])).trim().split("\n")).toEqual([version, "0.2.0"]);
  });

  test("an older version than the one that wrote the data is refused in words, and nothing changes", async () => {
    const { code, stderr } = await box.run(["dpkg", "--install", put(first)]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      `sill: the data in /var/lib/sill was written by the newer version 0.2.0; ${version} is older`,
    );
    expect(await runs()).toBe("0.2.0");
    await allActive();
    expect(await box.ok(["dpkg-query", "-W", "-f=${Status} ${Version}", "sill"])).toBe(
      "install ok installed 0.2.0",
    );
  });

  test("what was broken before an upgrade is no reason to go back", async () => {
    const dropIn = "/etc/systemd/system/sill-courier.service.d";
    box.write(`${dropIn}/broken.conf`, "[Service]\nExecStart=\nExecStart=/bin/false\n");
    const porch = readFileSync(`${box.root}/etc/sill/sill.yaml`, "utf8");
    box.write(
      "/etc/sill/sill.yaml",
      porch.replace("camera: {", "camera: { driver: gst, source: /dev/video9,"),
    );
    await box.ok(["systemctl", "daemon-reload"]);
    await box.run(["systemctl", "restart", "sill-courier.service", "sill-eye.service"]);
    await vi.waitFor(async () => {
      expect(await value("sill-eye", "StatusText")).toMatch(/^(?!sees )./u);
      expect(await value("sill-courier", "ActiveState")).not.toBe("active");
    }, wait);
    await box.run(["dpkg", "--install", put(await otherVersion(first, "0.2.1", { folder }))]);
    await vi.waitFor(
      async () => expect(await log("sill-gate")).toContain("sill: 0.2.1 has stayed well for 3 s"),
      wait,
    );
    expect(await log("sill-gate")).toContain(
      "sill-courier.service was not well before the upgrade; it is not asked",
    );
    box.write("/etc/sill/sill.yaml", porch);
    await box.ok(["rm", "-r", dropIn]);
    await box.ok(["systemctl", "daemon-reload"]);
    await box.run(["systemctl", "reset-failed", "sill-courier.service"]);
    await box.ok(["systemctl", "restart", "sill-courier.service", "sill-eye.service"]);
    await allActive();
    await healthy();
  });

  test("a version that does not run gives way to the last that did, also when it was set up twice", async () => {
    const broken = await otherVersion(first, "0.3.0", {
      folder,
      change: (tree) => writeFileSync(join(tree, "lib/sill/main.js"), "process.exit(1);\n"),
    });
    const events = await countEvents();
    await box.ok(["dpkg", "--unpack", put(broken)]);
    // as after a power cut at the end of it: dpkg does it again
    await box.run(["/var/lib/dpkg/info/sill.postinst", "configure", "0.2.1"]);
    await box.run(["dpkg", "--configure", "--pending"]);
    await vi.waitFor(async () => expect(await log("sill-gate")).toContain("0.2.1 runs again"), wait);
    await allActive();
    expect(await runs()).toBe("0.2.1");
    await healthy();
    expect(await countEvents()).toBe(events);
    expect(await box.ok(["cat", "/var/lib/sill-versions/rolled-back"])).toMatch(
      /^0\.3\.0\S* did not stay well: .*; 0\.2\.1 runs again since /u,
    );
  });

  test("power lost in the middle of going back: nothing is watched, and the note of it stays", async () => {
    box.write("/var/lib/sill-versions/pending", "0.3.0 0.2.1 seen -\n");
    await box.ok(["systemctl", "restart", "sill-gate.service"]);
    expect(await log("sill-gate")).toContain("sill: 0.2.1 runs and not 0.3.0, which was to be watched");
    expect(await box.ok(["ls", "/var/lib/sill-versions"])).not.toContain("pending");
    expect(await box.ok(["cat", "/var/lib/sill-versions/rolled-back"])).toContain("0.2.1 runs again");
  });

  test("a version that is not well stays when the one before could not read the data any more", async () => {
    const stamp = `${house}/data.json`;
    const data = await box.ok(["cat", stamp]);
    await box.ok(["sed", "-i", 's/"format":[0-9]*/"format":99/', stamp]);
    box.write("/var/lib/sill-versions/pending", "0.3.0 0.2.1 seen -\n");
    await box.ok(["/usr/lib/sill/versions/0.3.0/setup/switch.sh", "0.3.0"]);
    await box.run(["systemctl", "restart", "sill-keeper.service", "sill-eye.service"]);
    await box.run(["systemctl", "restart", "sill-gate.service"]);
    expect(await log("sill-gate")).toContain(
      "sill: 0.3.0 has changed the data, and 0.2.1 could not read it; 0.3.0 is left running",
    );
    box.write(stamp, data);
    await box.ok(["/usr/lib/sill/versions/0.2.1/setup/switch.sh", "0.2.1"]);
    await box.run(["systemctl", "reset-failed", ...units.map((unit) => `${unit}.service`)]);
    await box.ok(["systemctl", "restart", "sill.target"]);
    await allActive();
    await healthy();
  });

  test("on a full disk an upgrade is refused in words, and one that is cut off by it leaves what runs", async () => {
    const next = put(await otherVersion(first, "0.3.1", { folder }));
    const fill = (leftMb: number): Promise<unknown> => {
      const free = "$(df -Pm /opt | awk 'NR == 2 { print $4 }')";
      return box.run([
        "sh",
        "-c",
        `dd if=/dev/zero of=/opt/full bs=1M count=$((${free} - ${leftMb})) 2>&1; sync`,
      ]);
    };
    await fill(60);
    const refused = await box.run(["dpkg", "--unpack", next]);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/MB free; unpacking 0\.3\.1 takes \d+ MB/u),
    ]);
    await box.ok(["rm", "/opt/full"]);
    await box.ok(["dpkg", "--unpack", next]);
    await fill(-1);
    const cut = await box.run(["/var/lib/dpkg/info/sill.postinst", "configure", "0.2.1"]);
    expect([cut.code, cut.stderr]).toEqual([
      1,
      expect.stringContaining(
        "sill: setting up 0.3.1 was cut off; what ran before runs on\nhint: is the disk full",
      ),
    ]);
    await box.ok(["rm", "/opt/full"]);
    expect(await runs()).toBe("0.2.1");
    await allActive();
  });

  test("power lost between unpacking and setting up: the old version boots, and dpkg repairs the rest", async () => {
    await box.ok(["dpkg", "--unpack", put(await otherVersion(first, "0.4.0", { folder }))]);
    await box.ok(["sync"]);
    await box.cutPower();
    await box.boot();
    await allActive();
    expect(await runs()).toBe("0.2.1");
    await box.ok(["dpkg", "--configure", "--pending"]);
    await allActive();
    expect(await runs()).toBe("0.4.0");
    await healthy();
  });

  test("without its user no unit starts, and the log says what is missing and how to get it back", async () => {
    const users = readFileSync(`${box.root}/etc/passwd`, "utf8");
    box.write("/etc/passwd", users.replace(/^sill-eye:.*\n/mu, ""));
    await box.run(["systemctl", "restart", "sill-setup.service", "sill.target"]);
    const said = await log("sill-setup");
    box.write("/etc/passwd", users);
    expect(said).toContain(
      "sill: there is no user sill-eye\nhint: systemd-sysusers /usr/lib/sysusers.d/sill.conf",
    );
    expect(await states()).toEqual(["inactive", "inactive", "inactive"]);
    await box.ok(["systemctl", "restart", "sill-setup.service", "sill.target"]);
    await allActive();
  });

  test("a unit that was made to run as root sees nothing and says why", async () => {
    box.write("/etc/systemd/system/sill-eye.service.d/root.conf", "[Service]\nUser=root\nGroup=root\n");
    await box.ok(["systemctl", "daemon-reload"]);
    await box.run(["systemctl", "restart", "sill-eye.service"]);
    expect(await log("sill-eye")).toContain("sill: the unit of sill eye runs as root; it must not");
    expect(await value("sill-eye", "ActiveState")).not.toBe("active");
    await box.ok(["rm", "-r", "/etc/systemd/system/sill-eye.service.d"]);
  });

  const cutTest = cuts > 0 ? test : null;
  cutTest?.("power lost at any moment of an upgrade", { timeout: cuts * 300_000 }, async () => {
    const install = ["env", "SILL_DOWNGRADE=yes", "dpkg", "--install"];
    const decks = [
      await otherVersion(first, "0.5.0", { folder }),
      await otherVersion(first, "0.6.0", { folder }),
    ];
    const states = new Map<string, number>();
    for (let cut = 0; cut < cuts; cut += 1) {
      const deb = put(decks[cut % 2] ?? first);
      const [before, to] = [await runs(), cut % 2 === 0 ? "0.5.0" : "0.6.0"];
      const running = box.run([...install, deb]);
      await sleep(Math.random() * mostUpgradeMs);
      await box.cutPower();
      await running;
      await box.boot();
      await allActive();
      await healthy();
      expect([before, to]).toContain(await runs());
      const state = await box.ok(["dpkg-query", "-W", "-f=${db:Status-Status}", "sill"]);
      states.set(state, (states.get(state) ?? 0) + 1);
      await box.ok(["dpkg", "--configure", "--pending"]);
      // cut before or while it was unpacked: dpkg wants the file again
      if ((await runs()) !== to) await box.ok([...install, put(decks[cut % 2] ?? first)]);
      await allActive();
      expect(await runs()).toBe(to);
    }
    process.stdout.write(`power cuts found the package: ${JSON.stringify(Object.fromEntries(states))}\n`);
  });

  test(
    "without systemd it is installed, says that nothing is started, and runs as one user",
    { timeout: 180_000 },
    async () => {
      await using plain = new Container();
      plain.prepare("/opt/sill.deb", readFileSync(first));
      const said = await plain.withoutSystemd("dpkg --install --force-confold /opt/sill.deb");
      expect(said.code, said.stderr).toBe(0);
      expect(said.stdout).toContain("sill: systemd does not run here, so nothing is started");
      expect(said.stdout).toContain(
        "hint: as one user, on a folder of its own: sill run --memory= --run= --data FOLDER",
      );
      const flags =
        "--memory= --run= --data /tmp/porch --web.port=0 --web.host=127.0.0.1 --camera.driver=sim";
      const sensors = ["button", "pir", "chime", "light"].map((name) => `--${name}.driver=sim`).join(" ");
      const ran = await plain.withoutSystemd(
        `sill run ${flags} ${sensors} >/tmp/said 2>&1 & until grep -q 'Sill is running' /tmp/said; do sleep 0.2; done; kill $!; wait; cat /tmp/said`,
      );
      expect(ran.stdout).toMatch(/Sill is running\. Open http:\/\/127\.0\.0\.1:\d+ /u);
    },
  );

  test("removed and installed again it is on as it was, with what was recorded", async () => {
    const enabled = async (): Promise<string> =>
      (await box.run(["systemctl", "is-enabled", "sill.target"])).stdout.trim();
    expect(await enabled()).toBe("enabled");
    await box.ok(["dpkg", "--remove", "sill"]);
    expect(await enabled()).not.toBe("enabled");
    await box.ok(["env", "SILL_DOWNGRADE=yes", "dpkg", "--install", "--force-confold", put(first)]);
    await allActive();
    expect(await enabled()).toBe("enabled");
  });

  test("removed it keeps what was recorded; purged it leaves nothing but its users", async () => {
    await box.ok(["dpkg", "--remove", "sill"]);
    expect((await box.run(["systemctl", "is-active", "sill-keeper.service"])).stdout.trim()).toBe("inactive");
    expect(await box.ok(["ls", house])).toContain("device.key");
    await box.ok(["dpkg", "--purge", "sill"]);
    const left = await box.ok([
      "sh",
      "-c",
      "ls -d /var/lib/sill* /usr/lib/sill /etc/sill /run/sill /etc/systemd/system/*/sill* 2>&1 || true",
    ]);
    expect(left.split("\n").filter((line) => line !== "" && !line.includes("No such file"))).toEqual([]);
  });
});

if (problem !== null) test("the installed package", (context) => context.skip(`SKIPPED: ${problem}`));
