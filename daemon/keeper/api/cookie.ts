/**
 * Cookie: how a browser carries its session. Scripts cannot read it, other sites cannot send it.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionMs } from "../people/sessions.ts";

export const cookieName = "sill";

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.setCookie(cookieName, token, { ...attributesOf(request), maxAge: sessionMs / 1_000 });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(cookieName, attributesOf(request));
}

function attributesOf({ protocol }: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: protocol === "https" } as const;
}
