/**
 * JSON file: one small file of the owner's choices, read at start and replaced as a whole.
 *
 * One that is not there, or cannot be read, has the value it begins with; `fault` says which.
 */
import type { ZodType } from "zod";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Files } from "../../files/files.ts";

export interface JsonFileOptions<T> {
  readonly name: string;
  readonly schema: ZodType<T>;
  readonly first: T;
}

export class JsonFile<T> {
  readonly #files: Files;
  readonly #name: string;
  #value: T;
  #fault: Fault | null = null;

  private constructor(files: Files, name: string, value: T) {
    this.#files = files;
    this.#name = name;
    this.#value = value;
  }

  static async open<T>(files: Files, { name, schema, first }: JsonFileOptions<T>): Promise<JsonFile<T>> {
    const file = new JsonFile(files, name, first);
    try {
      const bytes = await files.read(name);
      if (bytes !== null) file.#value = parse(bytes, name, schema);
    } catch (error) {
      file.#fault = toFault(error);
    }
    return file;
  }

  /** Why the value is not the one that was chosen; null = it is. */
  get fault(): Fault | null {
    return this.#fault;
  }

  get value(): T {
    return this.#value;
  }

  /** Durable when it resolves; when it throws nothing has changed. */
  async write(value: T): Promise<void> {
    await this.#files.write(this.#name, new TextEncoder().encode(JSON.stringify(value)));
    this.#value = value;
    this.#fault = null;
  }
}

function parse<T>(bytes: Uint8Array, name: string, schema: ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw new Fault("corrupt", `consent/${name} cannot be read`, {
      hint: "say it again on the page, or put the file back from a backup",
      cause: error,
    });
  }
}
