/**
 * Keys: the portal's two, made at first start, each a file of mode 0600 that is never overwritten.
 *
 *   keys/log.key        signs checkpoints of the public log; with the log's name it is what doorbells are told
 *   keys/registrar.key  vouches for agencies, and speaks about entries of the log
 *
 * PEM (PKCS 8, Ed25519), so that any tool can keep a copy. No key has two roles, and neither opens a parcel.
 * `keys/log.name` keeps the log's name: another name would be another log. Throws Fault `corrupt` for a file
 * that is no key.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from "node:crypto";
import { link, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { toBase64Url } from "../../daemon/identity/base64url.ts";
import { signedBytes, type Envelope, type PayloadType } from "../../daemon/identity/envelope.ts";
import { noteKey, type NoteSigner } from "../../daemon/ledger/note.ts";
import { syncFolder, writeDurable } from "../../daemon/seal/durable.ts";

export interface PortalKeys {
  readonly log: NoteSigner;
  /** As doorbells are told: NAME+HASH+KEY. */
  readonly logKey: string;
  readonly registrar: Registrar;
}

export interface Registrar {
  /** Public half, base64url. */
  readonly signKey: string;
  sign(type: PayloadType, value: unknown): Envelope;
}

const defaultOrigin = "sill-portal.local/log";

/** `origin` names the log when its key is made; afterwards it must be the same or empty. */
export async function openKeys(data: string, origin: string): Promise<PortalKeys> {
  const folder = join(data, "keys");
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toFault(error, `cannot make the folder ${data}`);
  });
  const name = await textOf(join(folder, "log.name"), `${origin || defaultOrigin}\n`);
  if (origin !== "" && origin !== name.trim())
    throw new Fault("invalid", `the log's name is ${name.trim()}, not ${origin}`, {
      hint: "a log keeps its name; leave the setting `origin` empty",
    });
  const logSecret = await keyOf(join(folder, "log.key"));
  const log: NoteSigner = {
    name: name.trim(),
    publicKey: publicBytes(logSecret),
    sign: (message) => sign(null, message, logSecret),
  };
  return {
    log,
    logKey: noteKey(log.name, log.publicKey),
    registrar: registrarOf(await keyOf(join(folder, "registrar.key"))),
  };
}

function registrarOf(secret: KeyObject): Registrar {
  const signKey = toBase64Url(publicBytes(secret));
  return {
    signKey,
    sign(payloadType, value) {
      const payload = new TextEncoder().encode(JSON.stringify(value));
      const sig = sign(null, signedBytes(payloadType, payload), secret);
      return {
        payloadType,
        payload: toBase64Url(payload),
        signatures: [{ keyid: signKey, sig: toBase64Url(sig) }],
      };
    },
  };
}

function publicBytes(secret: KeyObject): Uint8Array {
  const { x, crv } = createPublicKey(secret).export({ format: "jwk" });
  if (x === undefined || crv !== "Ed25519")
    throw new Fault("corrupt", "a key of the portal is no Ed25519 key");
  return Buffer.from(x, "base64url");
}

async function keyOf(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = await textOf(path, privateKey.export({ format: "pem", type: "pkcs8" }).toString());
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Fault("corrupt", `${path} is not a key`, { hint: "put it back from a backup", cause: error });
  }
}

/** What the file says; `first` is put there when it is missing. Of two that do so at once the first wins. */
async function textOf(path: string, first: string): Promise<string> {
  const text = await readText(path);
  if (text !== null) return text;
  const made = `${path}.${randomUUID()}`;
  try {
    await writeDurable(made, new TextEncoder().encode(first));
    await link(made, path).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
        throw toFault(error, `${path} cannot be made`);
    });
  } finally {
    await rm(made, { force: true });
  }
  await syncFolder(dirname(path));
  return (await readText(path)) ?? first;
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: unknown) => {
    const fault = toFault(error, `${path} cannot be read`);
    if (fault.kind === "not-found") return null;
    throw fault;
  });
}
