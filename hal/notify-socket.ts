/**
 * Notify socket: where a service manager wants to hear from the process that it has started.
 *
 * A unix datagram socket, which Node cannot open: three system calls through koffi. `address` is
 * systemd's NOTIFY_SOCKET: a path, or `@name` in the abstract namespace. A manager that is gone, or
 * busy, is not waited for: `send` answers whether the datagram was taken.
 */
import { closeSync } from "node:fs";
import { Fault } from "./fault.ts";

export interface NotifySocket {
  send(text: string): boolean;
  close(): void;
}

const unixFamily = 1;
const datagram = 2;
const closeOnExec = 0o2000000;
const dontWait = 0x40;
const noSignal = 0x4000;
/** sockaddr_un.sun_path with its terminating zero. */
const longestAddress = 107;

/** struct sockaddr_un; an abstract name begins with a zero byte and has none at its end. */
export function unixAddress(address: string): Uint8Array {
  const name = new TextEncoder().encode(address);
  const isAbstract = address.startsWith("@");
  if ((!isAbstract && !address.startsWith("/")) || name.length > longestAddress)
    throw new Fault("invalid", `NOTIFY_SOCKET is "${address}"; allowed: a path or @name`);
  const bytes = new Uint8Array(2 + name.length + (isAbstract ? 0 : 1));
  new DataView(bytes.buffer).setUint16(0, unixFamily, true); // both architectures are little-endian
  bytes.set(name, 2);
  if (isAbstract) bytes[2] = 0;
  return bytes;
}

/** Throws Fault `invalid` for an address that is none, `unavailable` when there is no socket to be had. */
export async function openNotifySocket(address: string): Promise<NotifySocket> {
  const to = unixAddress(address);
  const { default: koffi } = await import("koffi");
  const libc = koffi.load(null);
  const socket = libc.func("int socket(int domain, int type, int protocol)");
  const sendto = libc.func(
    "long sendto(int fd, const uint8_t *bytes, size_t size, int flags, const uint8_t *to, uint32_t toSize)",
  );
  const fd = socket(unixFamily, datagram | closeOnExec, 0) as number;
  if (fd < 0) throw new Fault("unavailable", "the service manager cannot be told anything: no socket");
  return {
    send(text) {
      const bytes = new TextEncoder().encode(text);
      return sendto(fd, bytes, bytes.length, dontWait | noSignal, to, to.length) === bytes.length;
    },
    close: () => closeSync(fd),
  };
}
