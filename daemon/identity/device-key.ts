/**
 * Device key: the doorbell's own Ed25519 key, made at first boot, readable by its user only. Its name lies
 * beside it (`device.pub`) for the eye, which on a device is another user and may not read the key.
 *
 * It proves to a browser that it talks to the doorbell it was paired with, and names the doorbell:
 * `device` is its public half. It opens nothing and allows nothing.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from "node:crypto";
import { link, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { readableFile } from "../files/modes.ts";
import { syncFolder, writeDurable } from "../seal/durable.ts";

export interface DeviceKey {
  /** Public half, base64url: the doorbell's name in every signed message. */
  readonly device: string;
  sign(message: Uint8Array): Uint8Array;
}

/** Makes one when the file is missing; throws Fault `corrupt` for a file that is no key. */
export async function openDeviceKey(path: string): Promise<DeviceKey> {
  const pem = await readPem(path);
  if (pem !== null) {
    const key = deviceKeyOf(parse(pem, path));
    await keepName(path, key.device);
    return key;
  }
  await makeKey(path);
  return openDeviceKey(path);
}

/** Of two processes that make one at once (`sill pair` while the doorbell starts) the first wins. */
async function makeKey(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const text = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const made = `${path}.${randomUUID()}`;
  try {
    await writeDurable(made, new TextEncoder().encode(text));
    await link(made, path).catch((error: unknown) => {
      if (!isThere(error)) throw toFault(error, "the device key cannot be made");
    });
  } finally {
    await rm(made, { force: true });
  }
  await syncFolder(dirname(path));
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** The doorbell's name alone, for who signs nothing; null until there is a key. Throws Fault `corrupt`. */
export async function readDeviceName(path: string): Promise<string | null> {
  const pem = await readPem(path).catch(async (error: unknown) => {
    if (toFault(error).kind !== "denied") throw error;
    return { name: await readName(path) };
  });
  if (typeof pem !== "string") return pem?.name ?? null;
  return nameOf(createPublicKey(parse(pem, path)));
}

function namePath(path: string): string {
  return join(dirname(path), "device.pub");
}

/** Who may not read it says so: nothing else fails for want of it. */
async function keepName(path: string, device: string): Promise<void> {
  if ((await readName(path)) === device) return;
  await writeDurable(namePath(path), new TextEncoder().encode(`${device}\n`), readableFile).catch(() => {});
}

/** Null = there is none, or it is no name. */
async function readName(path: string): Promise<string | null> {
  const text = await readFile(namePath(path), "utf8").catch(() => "");
  return /^[\w-]{43}\n$/u.test(text) ? text.trim() : null;
}

async function readPem(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: unknown) => {
    const fault = toFault(error, "the device key cannot be read");
    if (fault.kind === "not-found") return null;
    throw fault;
  });
}

function parse(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Fault("corrupt", `${path} is not a key`, {
      hint: "put it back from a backup; without it every browser has to be paired again",
      cause: error,
    });
  }
}

function nameOf(key: KeyObject): string {
  const { x, crv } = key.export({ format: "jwk" });
  if (x === undefined || crv !== "Ed25519")
    throw new Fault("corrupt", "the device key is not an Ed25519 key");
  return x;
}

function deviceKeyOf(key: KeyObject): DeviceKey {
  return { device: nameOf(key), sign: (message) => sign(null, message, key) };
}
