/** Each check of the machine: passed by a healthy one, and not by one with a fault in it. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Check, Verdict } from "../../../../daemon/selftest/check.ts";
import { allChecks } from "../../../../daemon/selftest/checks/all.ts";
import { watchedUnits } from "../../../../daemon/selftest/checks/watchdog.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { ask, someSettings } from "../ask.ts";
import { goodFiles, goodSpace, simulatedMachine, type MachineFaults } from "../simulated-machine.ts";

let data = "";
beforeAll(async () => void (data = await mkdtemp(join(tmpdir(), "sill-selftest-"))));
afterAll(() => rm(data, { recursive: true }));

function byId(id: string): Check {
  const check = allChecks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
}

const gpio = {
  button: { driver: "gpio" },
  pir: { driver: "none" },
  chime: { driver: "none" },
  light: { driver: "none" },
};
const real = { ...gpio, camera: { driver: "gst" } };
const abroad = { web: { host: "0.0.0.0" } };

type Row = readonly [
  id: string,
  what: string,
  verdict: Verdict,
  faults: MachineFaults,
  seen: RegExp,
  settings?: object,
];

const mib = 1024 ** 2;
const mounted = (rest: string) => ({ files: { "/proc/self/mountinfo": `22 1 179:2 / / ${rest}\n` } });
const emmc = (life: string, end = "0x01") => ({
  files: {
    "/sys/dev/block/179:2/../device/life_time": `${life}\n`,
    "/sys/dev/block/179:2/../device/pre_eol_info": `${end}\n`,
  },
});
const throttled = (bits: string) => ({ programs: { "vcgencmd get_throttled": `throttled=${bits}\n` } });
const noFirmware = { "vcgencmd get_throttled": null };
const volt = (alarm: string) => ({
  programs: noFirmware,
  files: { "/sys/class/hwmon/hwmon1/name": "rpi_volt\n", "/sys/class/hwmon/hwmon1/in0_lcrit_alarm": alarm },
});
const temperature = (milli: string) => ({ files: { "/sys/class/thermal/thermal_zone0/temp": milli } });
const memoryOf = (availableKib: number, swapFreeKib = 1000) => ({
  files: {
    "/proc/meminfo": `MemTotal: 500000 kB\nMemAvailable: ${availableKib} kB\nSwapTotal: 1000 kB\nSwapFree: ${swapFreeKib} kB\n`,
  },
});
const statusOf = (uid: number, groups: string) => ({
  files: {
    "/proc/self/status": `Uid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t998\t998\t998\t998\nGroups:\t${groups}\n`,
  },
});
const unsynced = { "timedatectl show --property=NTPSynchronized --value": "no\n" };
const unknown = { "timedatectl show --property=NTPSynchronized --value": null };
const gst = (found: object) => ({ programs: { "sill hal list --json": JSON.stringify({ gst: found }) } });

const unitsSay = (changes: Readonly<Record<string, string>>) => ({
  files: { "/proc/self/environ": "A=1\0" },
  programs: Object.fromEntries(
    watchedUnits.map((unit) => [
      `systemctl show --property=LoadState,WatchdogUSec ${unit}`,
      changes[unit] ?? "LoadState=loaded\nWatchdogUSec=20s\n",
    ]),
  ),
});

const rows: readonly Row[] = [
  ["storage-writable", "a healthy card", "pass", {}, /it can be written \(ext4 on \/dev\/mmcblk0p2\)/u],
  [
    "storage-writable",
    "a worn-out card",
    "fail",
    mounted("ro,noatime - ext4 /dev/mmcblk0p2 ro"),
    /read-only/u,
  ],
  [
    "storage-writable",
    "a card that turned read-only below",
    "fail",
    mounted("rw - ext4 /dev/mmcblk0p2 ro,errors=remount-ro"),
    /read-only/u,
  ],
  [
    "storage-writable",
    "a file system in memory",
    "warn",
    mounted("rw - tmpfs tmpfs rw"),
    /gone after a restart/u,
  ],
  [
    "storage-writable",
    "a kernel that says nothing",
    "pass",
    { files: { "/proc/self/mountinfo": null } },
    /^it can be written$/u,
  ],
  ["storage-space", "room enough", "pass", {}, /21\.5 GB of 34\.4 GB are free/u],
  [
    "storage-space",
    "a full card",
    "fail",
    { space: { ...goodSpace, freeBytes: 255 * mib } },
    /less than storage\.minFreeMb \(256\)/u,
  ],
  [
    "storage-space",
    "a budget that does not fit",
    "warn",
    { space: { ...goodSpace, totalBytes: 4_000 * mib, freeBytes: 2_000 * mib } },
    /storage\.budgetMb \(8192\) is more/u,
  ],
  [
    "storage-space",
    "no inodes left",
    "warn",
    { space: { ...goodSpace, freeFiles: 99 } },
    /only 99 files more/u,
  ],
  [
    "storage-space",
    "a file system that counts no inodes",
    "pass",
    { space: { ...goodSpace, files: 0, freeFiles: 0 } },
    /are free/u,
  ],
  ["storage-space", "nothing to ask", "skip", { space: null }, /does not say/u],
  ["storage-wear", "2 GB a day", "pass", {}, /2\.0 GB are written in a day/u],
  [
    "storage-wear",
    "100 GB a day",
    "warn",
    { files: { "/sys/dev/block/179:2/stat": "1 0 2 3 4 0 195312500 5 0 6 7\n" } },
    /bears that for 0\.3 years/u,
  ],
  [
    "storage-wear",
    "nothing written at all",
    "pass",
    { files: { "/sys/dev/block/179:2/stat": "1 0 2 3 4 0 0 5 0 6 7\n" } },
    /more than 99 years/u,
  ],
  [
    "storage-wear",
    "a machine that has just started",
    "skip",
    { files: { "/proc/uptime": "300.00 10.00\n" } },
    /5 minutes only/u,
  ],
  ["storage-wear", "a young eMMC", "pass", emmc("0x01 0x02"), /10 to 20 %/u],
  ["storage-wear", "an old eMMC", "warn", emmc("0x09 0x02"), /80 to 90 %/u],
  ["storage-wear", "an eMMC that warns", "warn", emmc("0x03 0x02", "0x02"), /20 to 30 %/u],
  ["storage-wear", "an eMMC at its end", "fail", emmc("0x0b 0x02"), /its life is over/u],
  ["storage-wear", "an eMMC without spare blocks", "fail", emmc("0x03 0x02", "0x03"), /its life is over/u],
  [
    "storage-wear",
    "no disk of its own",
    "skip",
    { files: { "/sys/dev/block/179:2/size": null } },
    /no disk/u,
  ],
  ["clock-source", "set over the network", "pass", {}, /set over the network; no battery clock/u],
  [
    "clock-source",
    "nobody sets it, no battery",
    "fail",
    { programs: unsynced },
    /nothing sets the clock, and no battery/u,
  ],
  [
    "clock-source",
    "nobody sets it, a battery",
    "warn",
    { programs: unsynced, files: { "/sys/class/rtc/rtc0/name": "x" } },
    /a battery clock keeps/u,
  ],
  [
    "clock-source",
    "chrony without a source",
    "fail",
    { programs: { ...unknown, "chronyc -c tracking": "7F7F0101,,0,0,Not synchronised\n" } },
    /nothing sets/u,
  ],
  [
    "clock-source",
    "chrony with one",
    "pass",
    { programs: { ...unknown, "chronyc -c tracking": "C0000201,ntp,2,1,Normal\n" } },
    /over the network/u,
  ],
  ["clock-source", "no timedatectl, its mark is there", "pass", { programs: unknown }, /over the network/u],
  [
    "clock-source",
    "nobody knows",
    "skip",
    { programs: unknown, files: { "/run/systemd/timesync/synchronized": null } },
    /nothing tells who/u,
  ],
  ["network-up", "a cable", "pass", {}, /^link on eth0$/u, abroad],
  [
    "network-up",
    "the cable is out",
    "fail",
    { files: { "/sys/class/net/eth0/operstate": "down\n" } },
    /^no link on eth0$/u,
    abroad,
  ],
  [
    "network-up",
    "the cable is out, and the page is local",
    "warn",
    { files: { "/sys/class/net/eth0/operstate": "down\n" } },
    /^no link/u,
  ],
  [
    "network-up",
    "no interface",
    "fail",
    { files: { "/sys/class/net/eth0/operstate": null, "/sys/class/net/eth0/carrier": null } },
    /no network interface/u,
    abroad,
  ],
  [
    "network-up",
    "a driver that says unknown",
    "pass",
    { files: { "/sys/class/net/eth0/operstate": "unknown\n" } },
    /eth0/u,
    abroad,
  ],
  [
    "network-up",
    "weak Wi-Fi",
    "warn",
    {
      files: {
        "/proc/net/wireless": "Inter-| sta-|\n face | tus |\n wlan0: 0000   34.  -81.  -256        0\n",
      },
    },
    /Wi-Fi at -81 dBm/u,
    abroad,
  ],
  ["network-name", "announced", "pass", {}, /doorbell\.local is announced/u, abroad],
  [
    "network-name",
    "not announced",
    "warn",
    { files: { "/run/avahi-daemon/pid": null } },
    /by its address only/u,
    abroad,
  ],
  [
    "network-name",
    "no name",
    "warn",
    { files: { "/proc/sys/kernel/hostname": "localhost\n" } },
    /no name of its own/u,
    abroad,
  ],
  ["network-outside", "no host", "skip", {}, /name no host outside/u],
  [
    "network-outside",
    "not allowed",
    "skip",
    {},
    /nothing was sent/u,
    { portal: { url: "https://portal.example.org" } },
  ],
  [
    "board-model",
    "a Pi 4",
    "pass",
    process.arch === "arm64" ? {} : { programs: { "uname -m": "x86_64" } },
    /Raspberry Pi 4 Model B Rev 1\.4/u,
  ],
  [
    "board-model",
    "a Pi Zero",
    "fail",
    {
      files: { "/proc/device-tree/model": "Raspberry Pi Zero W Rev 1.1\0" },
      programs: { "uname -m": "armv6l" },
    },
    /too slow/u,
  ],
  [
    "board-model",
    "a Pi Zero 2 W",
    "pass",
    {
      files: { "/proc/device-tree/model": "Raspberry Pi Zero 2 W Rev 1.0\0" },
      programs: { "uname -m": "x" },
    },
    /Zero 2 W/u,
  ],
  [
    "board-model",
    "no board",
    "skip",
    { files: { "/proc/device-tree/model": null }, programs: { "uname -m": "x86_64\n" } },
    /no device tree/u,
  ],
  ["board-temperature", "cool", "pass", {}, /^48 degrees/u],
  ["board-temperature", "warm", "warn", temperature("78000\n"), /^78 degrees/u],
  ["board-temperature", "hot", "fail", temperature("86000\n"), /slows itself down/u],
  ["board-temperature", "slowed down by heat", "fail", throttled("0x8"), /slows itself down/u],
  ["board-temperature", "was too hot", "warn", throttled("0x80000"), /too hot since its start/u],
  [
    "board-temperature",
    "no thermometer",
    "skip",
    { files: { "/sys/class/thermal/thermal_zone0/temp": null } },
    /no thermometer/u,
  ],
  ["board-power", "fed well", "pass", {}, /never too low/u],
  ["board-power", "too low now", "fail", throttled("0x50005"), /too low now/u],
  ["board-power", "throttled now", "fail", throttled("0x4"), /slows itself down now/u],
  ["board-power", "was too low", "warn", throttled("0x50000"), /since the board started/u],
  ["board-power", "the kernel's alarm", "fail", volt("1\n"), /too low now/u],
  ["board-power", "the kernel's calm", "pass", volt("0\n"), /not too low/u],
  ["board-power", "nothing measures", "skip", { programs: noFirmware }, /nothing here measures/u],
  ["board-memory", "enough", "pass", {}, /are available/u],
  ["board-memory", "little", "warn", memoryOf(90_000), /92 MB of/u],
  ["board-memory", "next to none", "fail", memoryOf(30_000), /31 MB of/u],
  ["board-memory", "living on swap", "warn", memoryOf(300_000, 400), /60 % of the swap/u],
  ["board-memory", "no figures", "skip", { files: { "/proc/meminfo": null } }, /does not say/u],
  ["board-watchdog", "systemd waits", "pass", {}, /waits 20 s for a sign of life; the board has a timer/u],
  ["board-watchdog", "its units do", "pass", unitsSay({}), /waits 20s/u],
  [
    "board-watchdog",
    "one of its units was changed",
    "warn",
    unitsSay({ "sill-eye.service": "LoadState=loaded\nWatchdogUSec=infinity\n" }),
    /nobody waits for a sign of life of sill-eye\.service;/u,
  ],
  [
    "board-watchdog",
    "nobody waits",
    "warn",
    {
      files: { "/proc/self/environ": "A=1\0", "/dev/watchdog": null },
      programs: { "systemctl show": "LoadState=not-found\nWatchdogUSec=infinity\n" },
    },
    /nobody waits.*no timer/u,
  ],
  ["permissions-user", "its own user, in its groups", "pass", {}, /^user 998, in gpio and video$/u, real],
  ["permissions-user", "root", "warn", statusOf(0, ""), /runs as root/u, real],
  ["permissions-user", "not in a group", "fail", statusOf(998, "44"), /not in the group gpio/u, real],
  ["permissions-user", "not in the camera's", "fail", statusOf(998, "997"), /not in the group video/u, real],
  ["permissions-user", "not in a group that it does not need", "pass", statusOf(998, ""), /^user 998$/u],
  ["versions", "as they are", "pass", {}, /^Sill 0\.1\.0, Node \d+.*kernel 6\.12\.25.*bookworm/u],
  ["versions", "a Node of another time", "fail", { node: "20.20.2" }, /Node 20\.20\.2/u],
  ["versions", "no package", "pass", { programs: { "dpkg-query": null } }, /Sill 0\.1\.0/u],
  [
    "versions",
    "a package that was removed",
    "pass",
    { programs: { "dpkg-query": "deinstall ok config-files\t0.1.0" } },
    /Sill 0\.1\.0/u,
  ],
  [
    "versions",
    "a package that was cut off",
    "fail",
    { programs: { "dpkg-query": "install ok half-configured\t0.2.0" } },
    /sill 0\.2\.0 is not whole \(install ok half-configured\)/u,
  ],
  [
    "versions",
    "an upgrade that went back",
    "warn",
    { programs: { "dpkg-query": "install ok installed\t0.2.0" } },
    /0\.1\.0 runs, the package is of version 0\.2\.0/u,
  ],
  [
    "versions",
    "another one on the disk",
    "fail",
    { programs: { "sill version --json": JSON.stringify({ sill: "0.2.0" }) } },
    /0\.1\.0 runs, and version 0\.2\.0 lies on the disk/u,
  ],
  [
    "versions",
    "a disk that does not tell",
    "pass",
    { programs: { "sill version --json": "half a li" } },
    /Sill 0\.1\.0/u,
  ],
  ["gst-parts", "all there", "pass", {}, /1\.22\.0, encoding with v4l2h264enc/u],
  [
    "gst-parts",
    "an element is missing",
    "warn",
    gst({ version: "1.22.0", encoder: "x264enc", problems: ["element jpegenc is missing: apt"] }),
    /x264enc/u,
  ],
  [
    "gst-parts",
    "no encoder",
    "fail",
    gst({ version: "1.22.0", encoder: null, problems: ["no H.264 encoder: apt"] }),
    /no encoder/u,
  ],
  [
    "gst-parts",
    "no GStreamer",
    "fail",
    gst({ version: null, encoder: null, problems: ["not there: apt"] }),
    /not there/u,
  ],
  [
    "gst-parts",
    "GStreamer of another time",
    "fail",
    gst({ version: null, encoder: null, problems: ["GStreamer 1.18 found, 1.20 or newer needed: apt"] }),
    /too old to be used/u,
  ],
  [
    "gst-parts",
    "cannot be asked",
    "skip",
    { programs: { "sill hal list --json": null } },
    /could not be asked/u,
  ],
  ["what-model", "answers", "pass", {}, /sill-what \(73ee4104fdd0\) sees on the drawn porch: person 0\.99/u],
  ["what-model", "is not wanted", "skip", {}, /what\.model is off/u, { what: { model: "off" } }],
  [
    "what-model",
    "does not answer",
    "warn",
    { programs: { "sill models check": null } },
    /"sill" could not be tried/u,
  ],
  [
    "what-model",
    "tells something else",
    "warn",
    { programs: { "sill models check": "half a li" } },
    /could not be tried/u,
  ],
  ["settings-sound", "a real door", "pass", {}, /no two share a line/u, real],
  ["settings-sound", "a simulated porch", "warn", {}, /camera, button, pir, chime, light are simulated/u],
  [
    "settings-sound",
    "two on one line",
    "fail",
    {},
    /button and chime are wired to the same line/u,
    { ...real, chime: { driver: "gpio", line: 17 } },
  ],
];

const cases = rows.map(([id, what, verdict, faults, seen, settings = {}]) => {
  return { id, what, verdict, faults, seen, settings };
});

test.each(cases)("$id: $what: $verdict", async ({ id, verdict, faults, seen, settings }) => {
  const result = await ask(byId(id), data, {
    machine: simulatedMachine(faults),
    settings: someSettings(data, { ...settings }),
  });
  expect(result).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
  if (verdict === "warn" || verdict === "fail") expect(result.advice?.length ?? 0).toBeGreaterThan(10);
});

test("the units that are asked are those that the package watches", async () => {
  const folder = new URL("../../../../scripts/package/debian/units/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".service"));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  const watched = names.filter((_, i) => /^WatchdogSec=[1-9]/mu.test(texts[i] ?? ""));
  expect(watched.toSorted()).toEqual(watchedUnits.toSorted());
});

test("a longer mount point counts before a shorter one", async () => {
  const text = `${goodFiles["/proc/self/mountinfo"]}40 22 8:1 / ${data} ro - vfat /dev/sda1 ro\n41 22 8:2 / ${data}2 rw - ext4 /dev/sdb rw\n`;
  const machine = simulatedMachine({ files: { "/proc/self/mountinfo": text } });
  expect(await ask(byId("storage-writable"), data, { machine })).toMatchObject({
    verdict: "fail",
    seen: "the file system of the data folder (vfat on /dev/sda1) is read-only",
  });
});

test.each([
  ["now", Date.UTC(2026, 5, 1), {}, "pass", /2026-06-01/u],
  ["1970", 5_000, {}, "fail", /1970-01-01 00:00/u],
  ["ten years back", Date.UTC(2016, 5, 1), {}, "fail", /2016/u],
  ["far ahead", Date.UTC(2070, 0, 1), {}, "fail", /2070/u],
  [
    "before what was recorded",
    Date.UTC(2026, 5, 1),
    { folders: { JOURNAL: ["2026-06-03.jsonl"] } },
    "fail",
    /records of 2026-06-03/u,
  ],
  [
    "on the day of what was recorded",
    Date.UTC(2026, 5, 1),
    { folders: { JOURNAL: ["2026-06-01.jsonl"] } },
    "pass",
    /2026/u,
  ],
  [
    "away from the battery's",
    Date.UTC(2026, 5, 1),
    { files: { "/sys/class/rtc/rtc0/since_epoch": "1780275000\n" } },
    "warn",
    /3000 s away/u,
  ],
  [
    "as the battery's",
    Date.UTC(2026, 5, 1),
    { files: { "/sys/class/rtc/rtc0/since_epoch": "1780272002\n" } },
    "pass",
    /2026/u,
  ],
] as const)("clock-sense: %s", async (_what, wallMs, faults, verdict, seen) => {
  const folders = "folders" in faults ? { [`${data}/journal`]: faults.folders.JOURNAL } : {};
  const machine = simulatedMachine({ ...("files" in faults ? { files: faults.files } : {}), folders });
  const clock = new SimClock(wallMs);
  expect(await ask(byId("clock-sense"), data, { clock, machine })).toMatchObject({
    verdict,
    seen: expect.stringMatching(seen),
  });
});
