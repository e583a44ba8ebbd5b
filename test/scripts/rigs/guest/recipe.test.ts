import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  candidateVersion,
  configKey,
  kernelName,
  refusedOptions,
} from "../../../../scripts/rigs/guest/recipe.ts";

test.each([
  ["linux-source-6.1:\n  Installed: (none)\n  Candidate: 6.1.192-2\n  Version table:\n", "6.1.192-2"],
  ["linux-source-6.1:\n  Installed: (none)\n  Candidate: (none)\n", null],
  ["", null],
])("the version that apt would take: %j", (policy, version) => {
  expect(candidateVersion(policy)).toBe(version);
});

test("another source or another configuration is another kernel; the name is one word", () => {
  const name = kernelName("1:6.1~a", "CONFIG_A=y\n");
  expect(name).toMatch(/^linux-1_6\.1_a-[0-9a-f]{12}$/u);
  expect(name).not.toBe(kernelName("6.2", "CONFIG_A=y\n"));
  expect(name).not.toBe(kernelName("1:6.1~a", "CONFIG_A=n\n"));
  expect(name.endsWith(configKey("CONFIG_A=y\n"))).toBe(true);
});

test("an option that the kernel did not take is named; one that was to be off is not", () => {
  const asked = '# why\nCONFIG_A=y\nCONFIG_B=y\nCONFIG_OFF=n\nCONFIG_TEXT="x"\n';
  expect(refusedOptions(asked, 'CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_TEXT="x"\n')).toEqual(["CONFIG_B"]);
});

test("the guest's kernel has the lines, the camera, the disks and what systemd's units need", () => {
  const config = readFileSync(
    join(import.meta.dirname, "../../../../scripts/rigs/guest/kernel.config"),
    "utf8",
  );
  for (const option of [
    "GPIO_SIM",
    "VIDEO_VIVID",
    "EXT4_FS",
    "SOFT_WATCHDOG",
    "SECCOMP_FILTER",
    "CGROUP_BPF",
  ])
    expect(config).toContain(`CONFIG_${option}=y\n`);
});
