/**
 * Errors: every way a request can go wrong, as one answer `{error: {kind, message, hint, reject}}`.
 *
 * The table from Fault kind to HTTP status is daemon/wire/http-status.ts. A bug says no more than that it is one; the
 * log has the rest, without who asked.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { Fault, toFault } from "../../hal/fault.ts";
import { statusOfKind } from "../../daemon/wire/http-status.ts";
import { Refused } from "../dock/refused.ts";
import { Rejected } from "../office/rejected.ts";

/** Nobody is signed in where an agency has to be: 401. */
export class NotSignedIn extends Fault {
  constructor() {
    super("denied", "this needs an agency that is signed in", { hint: "sign in at the desk" });
  }
}

/** 4xx of the framework, with its own status. */
class Refusal extends Fault {
  readonly status: number;

  constructor(status: number, error: Error) {
    const kind = status === 404 ? "not-found" : status === 413 || status === 429 ? "exhausted" : "invalid";
    super(kind, error.message.toLowerCase(), { cause: error });
    this.status = status;
  }
}

function statusOf(fault: Fault): number {
  if (fault instanceof NotSignedIn) return 401;
  return fault instanceof Refusal || fault instanceof Refused ? fault.status : statusOfKind[fault.kind];
}

function requestFault(error: FastifyError | Error): Fault {
  if (error instanceof Fault) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      ({ instancePath, message }) =>
        `${instancePath.slice(1).replaceAll("/", ".") || "request"}: ${message ?? ""}`,
    );
    return new Fault("invalid", problems.join("; ").toLowerCase(), { cause: error });
  }
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status !== undefined && status >= 400 && status < 500) return new Refusal(status, error);
  return toFault(error);
}

export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const fault = requestFault(error);
  const status = statusOf(fault);
  const { kind, message, hint } = fault;
  if (kind === "bug") request.log.error({ err: error }, "a request met a bug");
  else if (status >= 500) request.log.warn({ fault: { kind, message } }, "a request failed");
  if (status === 503) void reply.header("retry-after", "5");
  void reply
    .code(status)
    .type("application/json")
    .header("cache-control", "no-store")
    .send({
      error: {
        kind,
        message: kind === "bug" ? "this is a bug of the portal; its log says more" : message,
        ...(hint === undefined || kind === "bug" ? {} : { hint }),
        ...(fault instanceof Rejected ? { reject: fault.reject } : {}),
      },
    });
}
