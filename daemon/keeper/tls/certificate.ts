/**
 * Certificate: what the page shows on the home network, made by the doorbell itself and kept.
 *
 * There is nobody to vouch for a name like 192.168.1.20, so people compare its fingerprint with the
 * one that `sill pair` prints, once per browser. It is therefore made anew as seldom as can be: when
 * this machine has a name or address that it does not carry yet (those it had stay in it), or a year
 * before its end. Its time begins in the past and lasts ten years, so that a doorbell or a phone whose
 * clock is wrong still gets in. The key stays the same.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { toFault, type Fault } from "../../../hal/fault.ts";
import { writeDurable } from "../../seal/durable.ts";

const yearMs = 365.25 * 86_400_000;
const beginsWallMs = Date.UTC(2025, 0, 1);
/** Before this no clock is right: the software is younger. */
const leastNowWallMs = Date.UTC(2026, 0, 1);
const lastsMs = 10 * yearMs;
const maxNames = 32;

export interface Certificate {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** SHA-256, hex with colons: what browsers show. */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  readonly folder: string;
  /** Host names and addresses of this machine now. */
  readonly names: readonly string[];
  readonly wallMs: number;
  /** A full disk must not keep the page shut: this one then lasts until the next start. */
  readonly onNotKept: (fault: Fault) => void;
}

/** The one there is, or a new one. */
export async function openCertificate({
  folder,
  names,
  wallMs,
  onNotKept,
}: CertificateOptions): Promise<Certificate> {
  const keyPem = await readKey(folder);
  const known = await readCertificate(folder);
  if (keyPem !== null && known !== null && known.checkPrivateKey(createPrivateKey(keyPem))) {
    const covered = names.every((name) => carries(known, name));
    if (covered && Date.parse(known.validTo) - wallMs > yearMs) return certificateOf(keyPem, known);
  }
  const { makeCertificatePem, makeKeyPem } = await import("./make.ts");
  const key = keyPem ?? makeKeyPem();
  const all = [...new Set([...names, ...(known === null ? [] : namesOf(known))])].slice(0, maxNames);
  const endsWallMs = Math.max(wallMs, leastNowWallMs) + lastsMs;
  const plan = { names: all, notBefore: new Date(beginsWallMs), notAfter: new Date(endsWallMs) };
  const pem = await makeCertificatePem(key, plan);
  await keep(folder, { "key.pem": key, "certificate.pem": pem }).catch((error: unknown) =>
    onNotKept(toFault(error, "cannot keep the page's certificate")),
  );
  return certificateOf(key, new X509Certificate(pem));
}

/** Null = none was made yet. */
export async function readFingerprint(folder: string): Promise<string | null> {
  return (await readCertificate(folder))?.fingerprint256 ?? null;
}

function certificateOf(keyPem: string, certificate: X509Certificate): Certificate {
  return { keyPem, certificatePem: certificate.toString(), fingerprint: certificate.fingerprint256 };
}

function carries(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** "DNS:door.local, IP Address:192.168.1.20" */
function namesOf({ subjectAltName = "" }: X509Certificate): string[] {
  return [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s]+)/gu)].map(([, name = ""]) => name);
}

/** Null when it is missing or broken: it is made anew. */
async function readCertificate(folder: string): Promise<X509Certificate | null> {
  try {
    return new X509Certificate(await readFile(join(folder, "certificate.pem")));
  } catch {
    return null;
  }
}

async function readKey(folder: string): Promise<string | null> {
  try {
    const pem = await readFile(join(folder, "key.pem"), "utf8");
    return createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === "prime256v1" ? pem : null;
  } catch {
    return null;
  }
}

async function keep(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files))
    await writeDurable(join(folder, name), new TextEncoder().encode(text));
}
