/**
 * Context: what every group of routes is given.
 */
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { errorSchema } from "../../wire/api.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { Metrics } from "../metrics.ts";
import type { Certificate } from "../tls/certificate.ts";
import type { Parts } from "../parts.ts";

export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface ApiContext {
  readonly parts: Parts;
  readonly paths: DataPaths;
  readonly metrics: Metrics;
  /** Null = this machine only, in plain HTTP. */
  readonly certificate: Certificate | null;
  /** Tells every page that an event is gone. */
  readonly onDeleted: (event: string) => void;
  /** Folder of the built page. */
  readonly webRoot: string;
}

export const idParams = z.strictObject({ id: z.string().regex(/^[0-9a-z-]{8,40}$/, "not an id") });

export const errorAnswers = { "4xx": errorSchema, "5xx": errorSchema } as const;
