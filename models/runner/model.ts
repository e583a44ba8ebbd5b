/** Model: one that was read and checked. Its file is the process's business. */
import type { LoadedModel } from "../load.ts";

export type Model = Omit<LoadedModel, "bytes">;
