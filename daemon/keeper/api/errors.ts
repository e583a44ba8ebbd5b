/**
 * Errors: every way a request can go wrong, as one answer `{error: {kind, message, hint}}`.
 *
 * The table from Fault kind to HTTP status is daemon/wire/http-status.ts. What the framework refuses
 * (body too large, wrong media type, too many requests) becomes a Fault first. A bug says no more
 * than that it is one; the log has the rest.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { Fault, toFault, type FaultKind } from "../../../hal/fault.ts";
import { statusOfKind } from "../../wire/http-status.ts";
import { faultFields } from "../log.ts";
import { wireFault } from "../parts.ts";

/** A request that is right but not now: 409. */
export class Conflict extends Fault {}

/** Nobody is signed in where somebody has to be: 401. */
export class NotSignedIn extends Fault {
  readonly because: "removed" | null;

  constructor(because: "removed" | null) {
    if (because === null) super("denied", "this needs somebody who is signed in", { hint: "sign in first" });
    else super("denied", "an owner has removed you", { hint: "ask them to let you in again" });
    this.because = because;
  }
}

/** 4xx that the framework itself answers, with its own status. */
class Refusal extends Fault {
  readonly status: number;

  constructor(status: number, error: Error) {
    super(kindOfStatus(status), error.message.toLowerCase(), { cause: error });
    this.status = status;
  }
}

function kindOfStatus(status: number): FaultKind {
  if (status === 404) return "not-found";
  if (status === 401 || status === 403) return "denied";
  return status === 413 || status === 429 ? "exhausted" : "invalid";
}

export function httpStatusOf(fault: Fault): number {
  if (fault instanceof Conflict) return 409;
  if (fault instanceof NotSignedIn) return 401;
  if (fault instanceof Refusal) return fault.status;
  return statusOfKind[fault.kind];
}

export function requestFault(error: FastifyError | Error): Fault {
  if (error instanceof Fault) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      ({ instancePath, message }) =>
        `${instancePath.slice(1).replaceAll("/", ".") || "request"}: ${message ?? ""}`,
    );
    return new Fault("invalid", problems.join("; ").toLowerCase(), {
      hint: "see /api/docs for what is allowed",
      cause: error,
    });
  }
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status !== undefined && status >= 400 && status < 500) return new Refusal(status, error);
  return toFault(error);
}

function becauseOf(fault: Fault): { because?: "removed" } {
  return fault instanceof NotSignedIn && fault.because !== null ? { because: fault.because } : {};
}

export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const fault = requestFault(error);
  const status = httpStatusOf(fault);
  if (fault.kind === "bug") request.log.error({ err: error }, "a request met a bug");
  else if (status >= 500) request.log.warn(faultFields(fault), "a request failed");
  const shown = fault.kind === "bug" ? new Fault("bug", "this is a bug of ours; the log says more") : fault;
  if (status === 503) void reply.header("retry-after", "1");
  void reply
    .code(status)
    .type("application/json")
    .send({ error: { ...wireFault(shown), ...becauseOf(fault) } });
}
