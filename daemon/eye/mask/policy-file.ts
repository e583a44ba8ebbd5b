/**
 * Policy file: reads and checks what the owner allows the camera to see.
 *
 * Fails closed: anything but a whole, valid policy that is not older than the last one is a Fault,
 * and the caller masks everything until a good one comes.
 */
import { readFile } from "node:fs/promises";
import { Fault, toFault } from "../../../hal/fault.ts";
import { policySchema, type Policy } from "../../wire/policy.ts";

/** Larger than any real policy by far. */
const maxPolicyBytes = 1024 * 1024;

/** Throws Fault `not-found`, `denied`, `corrupt` (not JSON) or `invalid` (not a policy). */
export async function readPolicy(path: string): Promise<Policy> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw policyFault(toFault(error));
  });
  return parsePolicy(text);
}

export function parsePolicy(text: string): Policy {
  if (text.length > maxPolicyBytes)
    throw new Fault("invalid", `privacy policy of ${text.length} characters is too large`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Fault("corrupt", "privacy policy is not JSON", {
      cause: error,
      hint: "save the property line again",
    });
  }
  const policy = policySchema.safeParse(json);
  if (policy.success) return policy.data;
  const problems = policy.error.issues.map(
    (issue) => `${issue.path.join(".") || "policy"}: ${issue.message}`,
  );
  throw new Fault("invalid", `privacy policy is not valid: ${problems.join("; ")}`, {
    hint: "save the property line again",
  });
}

function policyFault(fault: Fault): Fault {
  if (fault.kind !== "not-found")
    return new Fault(fault.kind, "privacy policy cannot be read", { cause: fault });
  return new Fault("not-found", "no property line has been drawn, so every pixel is masked", {
    hint: "draw the property line; nothing is visible until then",
    cause: fault,
  });
}
