/**
 * Context: what every group of routes is given.
 */
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Clock } from "../../hal/sensors.ts";
import { agencyIdSchema, idSchema, sha256Schema } from "../../daemon/consent/common.ts";
import { refusalSchema } from "../api.ts";
import type { ParcelBytes } from "../bytes/bytes.ts";
import type { DeskSessions } from "../desk/sessions.ts";
import type { Receiving } from "../dock/receiving.ts";
import type { PortalKeys } from "../keys/keys.ts";
import type { Records } from "../log/records.ts";
import type { LogServer } from "../log/serve.ts";
import type { PortalSettings } from "../settings/schema.ts";
import type { Store } from "../store/store.ts";

export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface PortalContext {
  readonly settings: PortalSettings;
  readonly clock: Clock;
  readonly keys: PortalKeys;
  readonly store: Store;
  readonly bytes: ParcelBytes;
  readonly records: Records;
  readonly logServer: LogServer;
  readonly receiving: Receiving;
  readonly sessions: DeskSessions;
  /** Folder of the built pages. */
  readonly webRoot: string;
  /** Its address without a slash at the end; known once it listens. */
  readonly url: () => string;
}

export const errorAnswers = { "4xx": refusalSchema, "5xx": refusalSchema } as const;
export const grantParams = z.strictObject({ grant: idSchema });
export const hashParams = z.strictObject({ hash: sha256Schema });
export const agencyParams = z.strictObject({ id: agencyIdSchema });
