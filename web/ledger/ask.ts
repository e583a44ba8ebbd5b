/**
 * Ask: the ledger's routes, as typed requests. Throws Faults as state/api.ts does.
 */
import { ask } from "../state/api.ts";
import type { Asked } from "./check.ts";

export const exportPath = "/api/ledger/export";

export const askDoorbell: Asked = {
  async checkpoint() {
    return ((await (await ask("/api/ledger/checkpoint")).json()) as { checkpoint: string }).checkpoint;
  },
  async consistency(from, to) {
    const answer = await ask(`/api/ledger/consistency?from=${from}&to=${to}`);
    return ((await answer.json()) as { proof: string[] }).proof;
  },
};
