/**
 * Routes of court orders: what was recorded of orders on paper.
 */
import { z } from "zod";
import { courtOrdersSchema } from "../../wire/api-consent.ts";
import { viewers } from "./allow.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";

/** 2,000 letters of text in any script, as base64. */
const maxOrderBytes = 48 * 1024;
const orderBody = z.strictObject({ envelope: z.unknown() });
const answers = { 200: courtOrdersSchema, ...errorAnswers };

export function courtOrderRoutes(api: Api, { parts }: ApiContext): void {
  const { consent, people, history, clock } = parts;
  const { courtOrders } = consent;

  api.get(
    "/api/court-orders",
    {
      config: { allow: viewers },
      schema: { summary: "Court orders that owners recorded, newest first", response: answers },
    },
    async () => ({ orders: courtOrders.cards }),
  );

  api.post(
    "/api/court-orders",
    {
      config: { allow: ["owner"] },
      bodyLimit: maxOrderBytes,
      schema: {
        summary: "Records a court order, signed by an owner; nothing leaves by it",
        body: orderBody,
        response: answers,
      },
    },
    async ({ body }) => {
      await courtOrders.record(body.envelope, {
        household: people.household.current,
        clock,
        tell: (happened) => history.append(happened),
      });
      return { orders: courtOrders.cards };
    },
  );
}
