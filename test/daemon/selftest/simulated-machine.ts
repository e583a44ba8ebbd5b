/**
 * A machine made of texts: a Raspberry Pi 4 in good health, with whatever a test changes.
 *
 * A file or program set to null is not there. Folders are those of the files, and what `folders` adds.
 */
import type { Machine, Space } from "../../../daemon/selftest/machine.ts";

export interface MachineFaults {
  readonly node?: string;
  readonly files?: Readonly<Record<string, string | null>>;
  readonly folders?: Readonly<Record<string, readonly string[]>>;
  /** By "program arg arg"; a name alone answers whatever it is asked. */
  readonly programs?: Readonly<Record<string, string | null>>;
  readonly space?: Space | null;
}

const gib = 1024 ** 3;

export const goodSpace: Space = {
  totalBytes: 32 * gib,
  freeBytes: 20 * gib,
  files: 2_000_000,
  freeFiles: 1_900_000,
};

/** Where `data` is mounted in `goodFiles`. */
export const goodFiles: Readonly<Record<string, string>> = {
  "/proc/self/mountinfo": [
    "22 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw",
    "23 22 0:21 / /proc rw,nosuid - proc proc rw",
    "",
  ].join("\n"),
  "/sys/dev/block/179:2/size": "62333952\n",
  // 2 GB since the start, a day ago
  "/sys/dev/block/179:2/stat": "100 0 2000 300 4000 0 3906250 500 0 600 700\n",
  "/proc/uptime": "86400.00 300000.00\n",
  "/sys/class/net/lo/operstate": "unknown\n",
  "/sys/class/net/eth0/operstate": "up\n",
  "/sys/class/net/eth0/carrier": "1\n",
  "/proc/sys/kernel/hostname": "doorbell\n",
  "/run/avahi-daemon/pid": "400\n",
  "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
  "/sys/class/thermal/thermal_zone0/temp": "48000\n",
  "/proc/meminfo":
    "MemTotal:        3884000 kB\nMemFree: 100000 kB\nMemAvailable:    2884000 kB\nSwapTotal: 102400 kB\nSwapFree: 102400 kB\n",
  "/proc/pressure/cpu": "some avg10=6.20 avg60=5.10 avg300=4.00 total=1000000\nfull avg10=0.00 avg60=0.00\n",
  "/proc/loadavg": "0.80 0.70 0.60 1/200 900\n",
  ...Object.fromEntries([0, 1, 2, 3].map((core) => [`/sys/devices/system/cpu/cpu${core}/online`, "1\n"])),
  "/proc/self/status": "Name:\tsill\nUid:\t998\t998\t998\t998\nGid:\t998\t998\t998\t998\nGroups:\t44 997 \n",
  "/etc/group": "root:x:0:\nvideo:x:44:\ngpio:x:997:\nsill:x:998:\n",
  "/proc/self/environ": "PATH=/usr/bin\0WATCHDOG_USEC=20000000\0",
  "/proc/sys/kernel/osrelease": "6.12.25+rpt-rpi-v8\n",
  "/etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  "/dev/watchdog": "",
  "/run/systemd/timesync/synchronized": "",
};

const goodPrograms: Readonly<Record<string, string>> = {
  "timedatectl show --property=NTPSynchronized --value": "yes\n",
  "uname -m": "aarch64\n",
  "vcgencmd get_throttled": "throttled=0x0\n",
  "sill hal list --json": JSON.stringify({
    gst: { version: "1.22.0", encoder: "v4l2h264enc", problems: [] },
  }),
  "sill index check": "ok\n",
  "sill models check": JSON.stringify({
    name: "sill-what",
    sha256: "73ee4104fdd07709c4a7562c38fc2f172176605e15ca226592834e092b532921",
    porch: [{ label: "person", score: 0.9887, box: [337, 115, 30, 97] }],
    msMedian: 3,
    rssBytes: 98_000_000,
  }),
  "sill version --json": JSON.stringify({ sill: "0.1.0", node: "24.21.0", platform: "linux-arm64" }),
  "dpkg-query": "install ok installed\t0.1.0\n",
};

export function simulatedMachine(faults: MachineFaults = {}): Machine {
  const files = new Map<string, string | null>(Object.entries({ ...goodFiles, ...faults.files }));
  const programs = { ...goodPrograms, ...faults.programs };
  const under = (folder: string): string[] => {
    const names = [...files].flatMap(([path, text]) =>
      text !== null && path.startsWith(`${folder}/`)
        ? (path.slice(folder.length + 1).split("/")[0] ?? "")
        : [],
    );
    return [...new Set([...names, ...(faults.folders?.[folder] ?? [])])].toSorted();
  };
  return {
    node: faults.node ?? "24.21.0",
    read: async (path) => files.get(path) ?? null,
    list: async (path) => under(path),
    run: async (program, args) => {
      const line = [program, ...args].join(" ");
      const known = Object.keys(programs).find((each) => line === each || line.startsWith(`${each} `));
      return known === undefined ? null : (programs[known] ?? null);
    },
    space: async () => (faults.space === undefined ? goodSpace : faults.space),
  };
}
