/**
 * Words: what a call failed of, for the person who reads the status page or the grant.
 *
 * The host is named (the owner wrote it into the settings), the path never: it may hold a parcel's secret.
 */
import { Fault, toFault, type FaultKind } from "../../../hal/fault.ts";

const nothingSent = "nothing was sent; ask who runs it whether the certificate changed";

/** By error code of Node, OpenSSL and the HTTP parser. */
const known: Readonly<Record<string, readonly [FaultKind, string, string?]>> = {
  ENOTFOUND: ["unavailable", "has no address: its name is not known"],
  EAI_AGAIN: ["unavailable", "cannot be looked up", "is the home network connected to the internet?"],
  ECONNREFUSED: ["unavailable", "does not take calls"],
  ECONNRESET: ["unavailable", "hung up"],
  EPIPE: ["unavailable", "hung up"],
  ENETUNREACH: ["unavailable", "cannot be reached", "is the home network connected to the internet?"],
  EHOSTUNREACH: ["unavailable", "cannot be reached"],
  ETIMEDOUT: ["timeout", "does not answer"],
  EPROTO: ["invalid", "does not speak TLS"],
  CERT_HAS_EXPIRED: ["denied", "shows a certificate that has expired", nothingSent],
  CERT_NOT_YET_VALID: [
    "denied",
    "shows a certificate that is not valid yet",
    "is this doorbell's clock right?",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ["denied", "shows a certificate of another name", nothingSent],
};

const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH/u;
const tlsCodes = /^ERR_(?:SSL|TLS)_/u;
const parserCodes = /^HPE_/u;

/** What a broken call threw, in words. A Fault stays itself. */
export function callFault(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error;
  const code = codeOf(error);
  const [kind, words, hint] = known[code] ?? byFamily(code) ?? [toFault(error).kind, "cannot be called"];
  return new Fault(kind, `${host} ${words}`, { cause: error, ...(hint === undefined ? {} : { hint }) });
}

/** Is it about a certificate, or about one that is valid at another time than this clock says? */
export function certificateTrouble(error: unknown): "certificate" | "clock" | null {
  const code = codeOf(error);
  if (code === "CERT_NOT_YET_VALID") return "clock";
  return certificateCodes.test(code) ? "certificate" : null;
}

function byFamily(code: string): readonly [FaultKind, string, string?] | null {
  if (certificateCodes.test(code))
    return ["denied", "shows a certificate that nobody vouches for", nothingSent];
  if (tlsCodes.test(code)) return ["unavailable", "does not complete the encrypted connection"];
  if (parserCodes.test(code)) return ["invalid", "answers what is not HTTP"];
  return null;
}

function codeOf(error: unknown): string {
  // happy eyeballs: one error for each address
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

const statusWords: Readonly<Record<number, readonly [FaultKind, string]>> = {
  400: ["invalid", "does not understand what it is asked"],
  401: ["denied", "says no"],
  403: ["denied", "says no"],
  404: ["not-found", "does not know what it is asked for"],
  405: ["denied", "says no"],
  409: ["unavailable", "has another part of it than was sent"],
  410: ["not-found", "has forgotten it"],
  412: ["invalid", "speaks another version of tus"],
  413: ["exhausted", "takes nothing so large"],
  423: ["unavailable", "still works on the part before"],
  429: ["unavailable", "has too much to do"],
  503: ["unavailable", "has too much to do"],
  507: ["exhausted", "has no room left"],
};

/** An answer that is not the one hoped for. */
export function statusFault(status: number, host: string): Fault {
  const [kind, words] = statusWords[status] ?? [
    status >= 500 ? "unavailable" : "invalid",
    status >= 500 ? "has a fault" : "answers something unexpected",
  ];
  return new Fault(kind, `${host} ${words} (${status})`);
}
