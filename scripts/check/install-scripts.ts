/**
 * Install scripts: nothing that we install may run code while it is installed.
 *
 * `.npmrc` switches them off, and package.json says no by name to every package of the lock file
 * that has one, so that a new one is a decision and not an accident.
 */
import type { Finding } from "./source.ts";

export interface InstallTexts {
  readonly npmrc: string;
  readonly manifest: string;
  readonly lock: string;
}

interface Manifest {
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

interface Lock {
  readonly packages?: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}

export function checkInstallScripts({ npmrc, manifest, lock }: InstallTexts): Finding[] {
  const findings: Finding[] = [];
  if (!/^ignore-scripts\s*=\s*true\s*$/mu.test(npmrc)) {
    findings.push({ path: ".npmrc", line: 1, message: "ignore-scripts=true is missing" });
  }
  const { allowScripts = {} } = JSON.parse(manifest) as Manifest;
  for (const [name, allowed] of Object.entries(allowScripts)) {
    if (allowed)
      findings.push({ path: "package.json", line: 1, message: `allowScripts lets ${name} run code` });
  }
  const { packages = {} } = JSON.parse(lock) as Lock;
  for (const [path, { hasInstallScript }] of Object.entries(packages)) {
    const name = path.replace(/^.*node_modules\//u, "");
    if (hasInstallScript === true && !(name in allowScripts)) {
      findings.push({
        path: "package.json",
        line: 1,
        message: `allowScripts does not name ${name}, which has an install script`,
      });
    }
  }
  return findings;
}
