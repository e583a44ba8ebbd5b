import koffi from "koffi";
import { closeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openNotifySocket, unixAddress } from "../../hal/notify-socket.ts";

/** The manager's end: what has come so far, one text per datagram. */
function manager(address: string): () => string[] {
  const libc = koffi.load(null);
  const socket = libc.func("int socket(int domain, int type, int protocol)");
  const bind = libc.func("int bind(int fd, const uint8_t *address, uint32_t size)");
  const recv = libc.func("long recv(int fd, _Out_ uint8_t *bytes, size_t size, int flags)");
  const fd = socket(1, 2, 0) as number;
  const at = unixAddress(address);
  expect(bind(fd, at, at.length)).toBe(0);
  onTestFinished(() => closeSync(fd));
  return () => {
    const texts = [];
    const bytes = new Uint8Array(4_096);
    for (let size = 0; size >= 0;) {
      size = recv(fd, bytes, bytes.length, 0x40) as number;
      if (size >= 0) texts.push(Buffer.from(bytes.subarray(0, size)).toString());
    }
    return texts;
  };
}

test.each([
  ["a path", (folder: string) => join(folder, "notify")],
  ["a name without a file", (folder: string) => `@${folder}/notify`],
])("datagrams arrive whole and in order at %s", async (_what, addressIn) => {
  const folder = await mkdtemp(join(tmpdir(), "sill-notify-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const heard = manager(addressIn(folder));
  const socket = await openNotifySocket(addressIn(folder));
  expect([socket.send("READY=1"), socket.send("WATCHDOG=1\nSTATUS=café")]).toEqual([true, true]);
  expect(heard()).toEqual(["READY=1", "WATCHDOG=1\nSTATUS=café"]);
  socket.close();
});

test("a manager that is gone, or does not read, is not waited for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sill-notify-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const gone = await openNotifySocket(join(folder, "nobody"));
  expect(gone.send("READY=1")).toBe(false);
  gone.close();
  const address = join(folder, "notify");
  const heard = manager(address);
  const socket = await openNotifySocket(address);
  let sent = 0;
  while (sent < 100_000 && socket.send("WATCHDOG=1")) sent += 1;
  expect(heard()).toHaveLength(sent);
  socket.close();
});

test.each(["notify", "", `/${"n".repeat(107)}`])(
  "an address that is none is refused: %j",
  async (address) => {
    await expect(openNotifySocket(address)).rejects.toMatchObject({ name: "Fault", kind: "invalid" });
  },
);
