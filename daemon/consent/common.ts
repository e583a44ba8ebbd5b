/**
 * Common: fields that many signed messages share.
 */
import { z } from "zod";
import { isRecipient } from "../seal/age/recipient-text.ts";

/** Milliseconds since 1970; at most the year 2255, so that sums stay exact. */
export const timeSchema = z.int().min(0).max(9_000_000_000_000);

/** Hex SHA-256. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u, "not a SHA-256 in hex");

/** Of requests, grants, clips and events. */
export const idSchema = z.string().regex(/^[0-9a-z-]{8,40}$/u, "not an id");

/** Short name of an agency in addresses: "harbour-police". */
export const agencyIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/u, "not an agency's id");

export const sealToSchema = z.string().max(100).refine(isRecipient, "not an age recipient (age1...)");

/** It looks like one. For messages that must name a key which was checked before: no curve is asked, which takes long. */
export const sealToShapeSchema = z
  .string()
  .regex(/^age1[02-9ac-hj-np-z]{58}$/u, "not an age recipient (age1...)");

/** One line for people, without control characters. */
export const lineSchema = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u, "has control characters");

/** Text of several lines for people. */
export const textSchema = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^(?:\n|[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}])*$/u, "has control characters");

export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);
export const placeSchema = z.strictObject({ lat: latitude, lon: longitude });
export type Place = z.output<typeof placeSchema>;
