/**
 * Settings of the portal: every word it can be told, with range, unit, default and one sentence.
 *
 * A setting `a.bC` is read from the environment as PORTAL_A_B_C and from the command line as `--a.bC`
 * (words.ts). The defaults make a portal that only this machine reaches. docs/portal.md lists them.
 */
import { z } from "zod";

const whole = (min: number, max: number) => z.int().min(min).max(max);
const text = (max: number) => z.string().trim().max(max).default("");

export const settingsSchema = z.strictObject({
  data: z
    .string()
    .min(1)
    .default("./portal-data")
    .describe("Folder of keys, public log, parcels and, without PostgreSQL, the database"),
  title: z.string().trim().min(1).max(80).default("Sill portal").describe("What its pages call it"),
  url: text(200)
    .refine((url) => url === "" || /^https?:\/\/[^/?#@\s]+$/u.test(url), "https://HOST without a path")
    .describe("Its public address, https://HOST; empty = the address that it listens on"),
  origin: text(100)
    .refine((origin) => /^[^\s+]*$/u.test(origin), "without spaces and +")
    .describe("Name of the public log, used when its key is made; empty = sill-portal.local/log"),
  web: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1").describe("Address to listen on"),
      port: whole(0, 65_535).default(8470).describe("Port; 0 picks a free one"),
      trustProxy: z
        .boolean()
        .default(false)
        .describe("Rate limits count the last address in X-Forwarded-For; only behind a proxy that sets it"),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(["debug", "info", "warn", "error", "silent"])
        .default("info")
        .describe("Least severe line"),
    })
    .prefault({}),
  database: z
    .strictObject({
      url: text(500)
        .refine((url) => url === "" || /^postgres(?:ql)?:\/\//u.test(url), "postgres://...")
        .describe("PostgreSQL, postgres://...; empty = SQLite in the data folder"),
    })
    .prefault({}),
  s3: z
    .strictObject({
      bucket: text(63).describe("Bucket for parcels; empty = a folder in the data folder"),
      endpoint: text(200).describe("Address of an S3-compatible server; empty = Amazon's"),
      region: z.string().trim().min(1).max(40).default("us-east-1").describe("Its region"),
      accessKey: text(200).describe("Access key; empty = AWS_ACCESS_KEY_ID and its relatives"),
      secretKey: text(200).describe("Secret of the access key"),
    })
    .prefault({}),
  dock: z
    .strictObject({
      maxParcelMb: whole(1, 65_536).default(2_048).describe("Largest parcel for an agency"),
      maxShareMb: whole(1, 65_536).default(512).describe("Largest parcel behind a link"),
      budgetMb: whole(1, 67_108_864)
        .default(102_400)
        .describe("All parcels together, unfinished ones included"),
      keepDays: whole(1, 365).default(30).describe("Days after which an agency's copy here is deleted"),
      unfinishedHours: whole(1, 336)
        .default(72)
        .describe("Hours after which what did not arrive in full is deleted"),
      createsPerMinute: whole(1, 10_000).default(30).describe("New parcels a minute from one address"),
    })
    .prefault({}),
});

export type PortalSettings = z.output<typeof settingsSchema>;
