/**
 * Tree: the folder of one version as it lies on a device, /usr/lib/sill/versions/VERSION.
 *
 *   bin/node  bin/sill          Node for this architecture; the launcher
 *   lib/sill/                   the bundle (scripts/bundle.ts), two levels deep as it expects
 *   web/dist/                   the page
 *   models/shipped/             the model that says what moved, its manifest and its card
 *   node_modules/               koffi, node-datachannel and onnxruntime with the binaries of this architecture, the
 *                               API's documentation
 *   systemd/                    the units; systemd reads them through links (README.md)
 *   setup/                      what root runs: check, switch, gate
 *   package.json                the version
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFormat } from "../../daemon/keeper/data-stamp.ts";
import { Fault } from "../../hal/fault.ts";
import type { Arch } from "./arch.ts";
import { stripped } from "./elf.ts";
import { closureOf, copyModules } from "./modules.ts";
import { npmPackage } from "./npm-package.ts";

const here = import.meta.dirname;
const outside = ["koffi", "node-datachannel", "onnxruntime-node", "@fastify/swagger", "@fastify/swagger-ui"];

export interface TreeOptions {
  readonly root: string;
  readonly version: string;
  readonly arch: Arch;
  /** The bundle, made before; the same for every architecture. */
  readonly bundle: string;
}

export function makeTree(into: string, { root, version, arch, bundle }: TreeOptions): void {
  const page = join(root, "web", "dist");
  if (!existsSync(join(page, "index.html")))
    throw new Fault("not-found", "the page is not built", { hint: "npm run build" });
  cpSync(bundle, join(into, "lib", "sill"), { recursive: true });
  cpSync(page, join(into, "web", "dist"), { recursive: true, filter: (path) => !path.endsWith("/.stamp") });
  cpSync(join(root, "models", "shipped"), join(into, "models", "shipped"), { recursive: true });
  copyModules(closureOf(outside, root), root, join(into, "node_modules"));

  const koffi = npmPackage({ name: `@koromix/koffi-linux-${arch.node}`, root });
  for (const name of ["package.json", "index.js", `linux_${arch.node}`])
    cpSync(join(koffi, name), join(into, "node_modules", `@koromix/koffi-linux-${arch.node}`, name), {
      recursive: true,
    });
  const webRtc = `@node-datachannel/linux-${arch.node}-gnu`;
  const from = npmPackage({ name: webRtc, root });
  for (const name of ["package.json", "node_datachannel.node"])
    cpSync(join(from, name), join(into, "node_modules", webRtc, name), { recursive: true });
  const runtime = join("onnxruntime-node", "bin", "napi-v6", "linux", arch.node);
  mkdirSync(join(into, "node_modules", runtime), { recursive: true });
  for (const name of ["libonnxruntime.so.1", "onnxruntime_binding.node"])
    writeFileSync(
      join(into, "node_modules", runtime, name),
      stripped(readFileSync(join(root, "node_modules", runtime, name))),
    );
  const node = npmPackage({ name: `node-linux-${arch.node}`, root });
  mkdirSync(join(into, "bin"));
  writeFileSync(join(into, "bin", "node"), stripped(readFileSync(join(node, "bin", "node"))), {
    mode: 0o755,
  });
  cpSync(join(here, "debian", "launch.sh"), join(into, "bin", "sill"));
  chmodSync(join(into, "bin", "sill"), 0o755);

  cpSync(join(here, "debian", "units"), join(into, "systemd"), { recursive: true });
  cpSync(join(here, "setup"), join(into, "setup"), { recursive: true });
  writeFileSync(join(into, "setup", "data-format"), `${dataFormat}\n`);
  writeFileSync(join(into, "package.json"), `${JSON.stringify({ name: "sill", version, type: "module" })}\n`);
}

/** Into a new folder. */
export function makeBundle(root: string, into: string): void {
  execFileSync(process.execPath, [join(root, "scripts", "bundle.ts"), into], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
