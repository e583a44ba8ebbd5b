import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assert, Fault, faultKinds, toFault } from "../../hal/fault.ts";

test("a Fault carries its kind, message, hint and cause", () => {
  const cause = new Error("below");
  const fault = new Fault("denied", "cannot open", { hint: "ask", cause });
  expect(fault).toMatchObject({ name: "Fault", kind: "denied", message: "cannot open", hint: "ask", cause });
  expect("cause" in new Fault("bug", "no cause")).toBe(false);
});

test("a Fault stays itself, whatever is said on top", () => {
  const fault = new Fault("timeout", "too slow");
  expect(toFault(fault, "reading")).toBe(fault);
});

test.each([
  ["ENOENT", "not-found"],
  ["ENODEV", "not-found"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EBUSY", "unavailable"],
  ["EADDRINUSE", "unavailable"],
  ["ETIMEDOUT", "timeout"],
  ["ENOSPC", "exhausted"],
  ["EMFILE", "exhausted"],
  ["EINVAL", "invalid"],
  ["ABORT_ERR", "cancelled"],
  ["EEXIST", "denied"],
  ["ENOTEMPTY", "denied"],
  ["ENAMETOOLONG", "invalid"],
  ["ELOOP", "invalid"],
  ["EFBIG", "exhausted"],
  ["EADDRNOTAVAIL", "invalid"],
  ["ENOTFOUND", "invalid"],
  ["ENXIO", "not-found"],
  ["ENOTTY", "unavailable"],
  ["ENETUNREACH", "unavailable"],
  ["ESTRANGE", "bug"],
  ["toString", "bug"],
  ["__proto__", "bug"],
])("%s is %s", (code, kind) => {
  const fault = toFault(Object.assign(new Error("text"), { code }));
  expect(fault.kind).toBe(kind);
  expect(faultKinds).toContain(fault.kind);
});

test("a real errno keeps its text and says what was tried", () => {
  const folder = mkdtempSync(join(tmpdir(), "sill-fault-"));
  try {
    readFileSync(join(folder, "nothing"));
  } catch (error) {
    const fault = toFault(error, "cannot read the policy");
    expect(fault.kind).toBe("not-found");
    expect(fault.message).toMatch(/^cannot read the policy: ENOENT/);
    expect(fault.cause).toBe(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect.assertions(3);
});

test.each([["a string"], [42], [null], [undefined], [{ code: "ENOENT" }]])("thrown %j is a bug", (thrown) => {
  expect(toFault(thrown).kind).toBe("bug");
});

test("assert throws our own bug, and only when the condition is false", () => {
  expect(() => assert(true, "fine")).not.toThrow();
  expect(() => assert(false, "one read at a time")).toThrow(
    expect.objectContaining({ kind: "bug", message: "assertion failed: one read at a time" }),
  );
});
