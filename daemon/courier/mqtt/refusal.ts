/**
 * Refusal: why there is no connection to the broker, in words that say what to do. One table.
 */
import { Fault, toFault } from "../../../hal/fault.ts";

interface Said {
  readonly kind: "denied" | "unavailable";
  readonly words: string;
  readonly hint?: string;
}

/** Return codes of a broker's CONNACK (MQTT 3.1.1, table 3.1). */
const returnCodes: Readonly<Record<number, Said>> = {
  1: { kind: "unavailable", words: "does not speak MQTT 3.1.1" },
  2: { kind: "denied", words: "does not take this doorbell's client id" },
  3: { kind: "unavailable", words: "says that it is not available" },
  4: {
    kind: "denied",
    words: "does not take this name and password",
    hint: "mqtt.username, mqtt.passwordFile",
  },
  5: { kind: "denied", words: "does not let this doorbell in", hint: "mqtt.username, mqtt.passwordFile" },
};

const ca = "mqtt.caFile names the certificate of who signed the broker's";
const socketCodes: Readonly<Record<string, Said>> = {
  ECONNREFUSED: { kind: "unavailable", words: "refuses connections", hint: "is it running, on that port?" },
  ECONNRESET: { kind: "unavailable", words: "closed the connection" },
  ENOTFOUND: { kind: "unavailable", words: "has a name that nobody knows", hint: "mqtt.url" },
  EAI_AGAIN: { kind: "unavailable", words: "cannot be looked up: there is no name server" },
  EHOSTUNREACH: { kind: "unavailable", words: "cannot be reached" },
  ENETUNREACH: { kind: "unavailable", words: "cannot be reached: there is no network" },
  ETIMEDOUT: { kind: "unavailable", words: "does not answer" },
  CERT_HAS_EXPIRED: { kind: "denied", words: "shows a certificate that has expired" },
  CERT_NOT_YET_VALID: {
    kind: "denied",
    words: "shows a certificate that is not valid yet",
    hint: "is the clock right?",
  },
  SELF_SIGNED_CERT_IN_CHAIN: { kind: "denied", words: "shows a certificate of an unknown signer", hint: ca },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    kind: "denied",
    words: "shows a certificate of an unknown signer",
    hint: ca,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    kind: "denied",
    words: "shows a certificate of an unknown signer",
    hint: ca,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    kind: "denied",
    words: "shows a certificate of an unknown signer",
    hint: ca,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    kind: "denied",
    words: "shows a certificate of another name",
    hint: "mqtt.url must have the name in it",
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    kind: "denied",
    words: "does not speak TLS there",
    hint: "mqtts:// usually is port 8883",
  },
  EPROTO: { kind: "denied", words: "does not speak TLS there", hint: "mqtts:// usually is port 8883" },
};

/** `host` as the settings have it. */
export function refusal(host: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { code, message = "" } = (error ?? {}) as { code?: unknown; message?: string };
  const said = typeof code === "number" ? returnCodes[code] : socketCodes[String(code)];
  if (said !== undefined)
    return new Fault(said.kind, `the MQTT broker ${host} ${said.words}`, { hint: said.hint, cause: error });
  if (/timeout/iu.test(message)) return new Fault("timeout", `the MQTT broker ${host} does not answer`);
  return new Fault("unavailable", `the MQTT broker ${host}: ${toFault(error).message}`, { cause: error });
}
