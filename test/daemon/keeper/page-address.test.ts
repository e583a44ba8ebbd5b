/** Calls are taken where the page is, and nowhere else. */
import { expect, test } from "vitest";
import { callAddress } from "../../../daemon/keeper/page-address.ts";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["localhost", "127.0.0.1"],
  ["::1", "127.0.0.1"],
  ["192.168.1.20", "192.168.1.20"],
  ["fd00::7", "fd00::7"],
  ["[fd00::7]", "fd00::7"],
  ["0.0.0.0", null],
  ["::", null],
  ["doorbell.local", null],
])("web.host %s: %s", (host, address) => expect(callAddress(host)).toBe(address));
