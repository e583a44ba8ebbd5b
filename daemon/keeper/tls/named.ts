/**
 * Named certificate: one that browsers trust by themselves, for a name that the owner has; made and renewed elsewhere.
 *
 * Shown to who asks for that name (SNI). Who comes by address or a .local name gets the doorbell's own, so that nothing
 * changes for them. Read again every hour: a renewed one counts without a restart. One that cannot be used is a fault on
 * the health page, and the last good one stays for as long as this process runs.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";

export interface NamedOptions {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly clock: Clock;
}

const lookEveryMs = 3_600_000;
/** Who renews in time has long done so. */
const lateMs = 7 * 86_400_000;
const dayMs = 86_400_000;

interface Loaded {
  readonly pem: string;
  readonly certificate: X509Certificate;
  readonly context: SecureContext;
}

export class NamedCertificate implements Disposable {
  readonly #options: NamedOptions;
  #loaded: Loaded | null = null;
  #fault: Fault | null = null;
  #cancelLook = (): void => {};

  private constructor(options: NamedOptions) {
    this.#options = options;
  }

  static async open(options: NamedOptions): Promise<NamedCertificate> {
    const named = new NamedCertificate(options);
    await named.look();
    named.#cancelLook = options.clock.every(lookEveryMs, () => void named.look());
    return named;
  }

  /** Why it cannot be used, or will soon not be any more. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** Is this host name one of its names? Never an address. */
  covers(name: string): boolean {
    return isIP(name) === 0 && this.#loaded?.certificate.checkHost(name.toLowerCase()) !== undefined;
  }

  /** Null = that name is not its. */
  contextFor(name: string): SecureContext | null {
    return this.covers(name) ? (this.#loaded?.context ?? null) : null;
  }

  async look(): Promise<void> {
    try {
      this.#loaded = await this.#load();
      this.#fault = this.#endOf(this.#loaded.certificate);
    } catch (error) {
      this.#fault = toFault(error);
    }
  }

  [Symbol.dispose](): void {
    this.#cancelLook();
  }

  async #load(): Promise<Loaded> {
    const { certificateFile, keyFile } = this.#options;
    const certificatePem = await textOf(certificateFile, "web.certificateFile");
    const keyPem = await textOf(keyFile, "web.keyFile");
    const pem = `${certificatePem}\n${keyPem}`;
    if (pem === this.#loaded?.pem) return this.#loaded;
    try {
      const certificate = new X509Certificate(certificatePem);
      if (!certificate.checkPrivateKey(createPrivateKey(keyPem))) throw new Error("another key");
      return { pem, certificate, context: createSecureContext({ cert: certificatePem, key: keyPem }) };
    } catch (cause) {
      throw new Fault("invalid", "web.certificateFile and web.keyFile are no certificate with its key", {
        hint: "both in PEM; the certificate with those that vouch for it, its own first",
        cause,
      });
    }
  }

  #endOf({ validTo }: X509Certificate): Fault | null {
    const leftMs = Date.parse(validTo) - this.#options.clock.wallMs();
    if (leftMs > lateMs) return null;
    const when = leftMs <= 0 ? "has ended" : `ends within ${Math.ceil(leftMs / dayMs)} days`;
    return new Fault("invalid", `the certificate in web.certificateFile ${when}`, {
      hint: "renew it; the new one is read within an hour",
    });
  }
}

async function textOf(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Fault(toFault(cause).kind, `the file of ${setting} cannot be read`, {
      hint: "the keeper's user (sill-keeper) must be allowed to read it",
      cause,
    });
  }
}
