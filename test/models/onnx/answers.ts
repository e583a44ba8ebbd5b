/**
 * Answers: what a model gives when the real onnxruntime runs it, by role, as models/decode takes it.
 */
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { checkModel } from "../../../models/check.ts";
import type { Answer } from "../../../models/decode/answer.ts";
import type { Input } from "../../../models/input/input.ts";
import type { Manifest } from "../../../models/manifest.ts";
import type { TensorData } from "../../../models/tensor.ts";

export interface RunningModel extends AsyncDisposable {
  /** What it makes of the tensor that `input` holds. */
  answer(input: Input): Promise<Answer>;
}

export async function openModel(manifest: Manifest, file: Uint8Array): Promise<RunningModel> {
  const { inputs, outputs } = checkModel(manifest, file, 2 ** 30);
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return {
    async answer({ data, dims }) {
      const type = data instanceof Uint8Array ? "uint8" : "float32";
      const given = await session.run({ [inputs.picture]: new OrtTensor(type, data, dims) });
      const roles = Object.entries(outputs).map(([role, name]) => {
        const tensor = given[name];
        if (tensor === undefined) throw new Error(`no output ${name}`);
        return [role, { dims: tensor.dims, data: tensor.data as TensorData }] as const;
      });
      return Object.fromEntries(roles);
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
