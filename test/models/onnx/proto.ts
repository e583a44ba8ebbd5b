/**
 * Protobuf, the writing half: the few wire types that ONNX uses, for models that tests make themselves.
 */
export type Field = Uint8Array;

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  return Uint8Array.of(...bytes, Number(left));
}

const tag = (field: number, wire: number) => varint(field * 8 + wire);

export function int(field: number, value: number | bigint): Field {
  return concat([tag(field, 0), varint(value)]);
}

export function bytes(field: number, value: Uint8Array): Field {
  return concat([tag(field, 2), varint(value.length), value]);
}

export function text(field: number, value: string): Field {
  return bytes(field, new TextEncoder().encode(value));
}

export function message(field: number, fields: readonly Field[]): Field {
  return bytes(field, concat(fields));
}

export function float(field: number, value: number): Field {
  return concat([tag(field, 5), new Uint8Array(Float32Array.of(value).buffer)]);
}
