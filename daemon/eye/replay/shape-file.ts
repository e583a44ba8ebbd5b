/**
 * Shape file: what `--policy` names, as a mask shape.
 *
 * Either `{propertyLine, privacyZones}` alone, or a signed policy as the doorbell keeps it. Here
 * its signature is not asked for: who replays a video of theirs decides themselves what of it they
 * look at. Throws a Fault that names the file.
 */
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { Fault, toFault } from "../../../hal/fault.ts";
import { fromBase64Url } from "../../identity/base64url.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { envelopeSchema } from "../../identity/verify.ts";
import { maskShapeSchema, policySchema } from "../../policy/policy.ts";
import type { MaskShape } from "../../policy/shape.ts";

const hint = "check the path after --policy, and what the file holds";

export async function readShape(path: string): Promise<MaskShape> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const fault = toFault(error, path);
    if (fault.kind !== "not-found") throw fault;
    throw new Fault("not-found", `no policy file ${path}`, { cause: error, hint });
  });
  return parseShape(text, path);
}

export function parseShape(text: string, path: string): MaskShape {
  const json = jsonOf(text, path);
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return shapeIn(maskShapeSchema, json, path);
  const { payloadType, payload } = envelope.data;
  if (payloadType !== payloadTypes.policy)
    throw new Fault("invalid", `${path}: a signed message, but not a privacy policy`, { hint });
  const bytes = fromBase64Url(payload) ?? new Uint8Array();
  return shapeIn(policySchema, jsonOf(new TextDecoder().decode(bytes), path), path);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault("corrupt", `${path}: not JSON`, { cause: error, hint });
  }
}

function shapeIn(schema: z.ZodType<MaskShape>, json: unknown, path: string): MaskShape {
  const shape = schema.safeParse(json);
  if (shape.success) return shape.data;
  const problems = shape.error.issues.map((issue) => `${issue.path.join(".") || "policy"}: ${issue.message}`);
  throw new Fault("invalid", `${path}: not a privacy policy: ${problems.join("; ")}`, { hint });
}
