/**
 * Wardrobe: what somebody looks like, drawn from a number. Nobody is a portrait of anyone.
 */
import { between, chance } from "./math.ts";
import type { Rgb } from "./light.ts";

export interface Look {
  readonly heightM: number;
  /** 1 = slim, 1.2 = broad. */
  readonly girth: number;
  readonly coat: Rgb;
  /** Length of the coat below the hips, metres. */
  readonly coatM: number;
  readonly trousers: Rgb;
  readonly shoes: Rgb;
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly hairstyle: "short" | "long" | "cap" | "beanie" | "bald";
  readonly hat: Rgb;
  readonly scarf: Rgb | null;
  readonly bag: Rgb | null;
  readonly vest: Rgb | null;
}

const coats: readonly Rgb[] = [
  [46, 60, 98],
  [158, 46, 44],
  [98, 102, 62],
  [184, 146, 100],
  [66, 66, 72],
  [44, 108, 112],
  [196, 154, 60],
  [104, 58, 92],
  [150, 154, 158],
];
const trousers: readonly Rgb[] = [
  [60, 78, 112],
  [46, 46, 52],
  [142, 124, 96],
  [84, 84, 88],
  [44, 54, 84],
];
const skins: readonly Rgb[] = [
  [226, 180, 152],
  [206, 156, 122],
  [170, 118, 86],
  [128, 84, 60],
  [232, 192, 168],
];
const hairs: readonly Rgb[] = [
  [52, 38, 30],
  [96, 64, 40],
  [168, 126, 72],
  [34, 30, 30],
  [150, 146, 142],
  [128, 60, 36],
];
const scarves: readonly Rgb[] = [
  [176, 60, 60],
  [220, 210, 190],
  [70, 96, 140],
];

function pick<T>(list: readonly [T, ...T[]] | readonly T[], fraction: number, fallback: T): T {
  return list[Math.floor(fraction * list.length)] ?? fallback;
}

const grey: Rgb = [110, 110, 110];

type Role = "visitor" | "courier" | "resident" | "walker" | "prowler";

/** Dull from head to foot, about as bright as lawn and hedge, with little of the face to be seen. */
function hooded(seed: number): Look {
  return {
    heightM: between(1.62, 1.84, chance(seed, 0x100d, 1)),
    girth: between(1, 1.2, chance(seed, 0x100d, 2)),
    coat: [74, 78, 62],
    coatM: 0.1,
    trousers: [82, 80, 62],
    shoes: [60, 56, 48],
    skin: [96, 80, 64],
    hair: [60, 60, 50],
    hairstyle: "beanie",
    hat: [70, 72, 60],
    scarf: [66, 68, 58],
    bag: null,
    vest: null,
  };
}

export function lookOf(seed: number, role: Role): Look {
  if (role === "prowler") return hooded(seed);
  const draw = (what: number): number => chance(seed, 0x100d, what);
  const courier = role === "courier";
  const styles = ["short", "long", "cap", "beanie", "short", "long", "bald"] as const;
  return {
    heightM: between(1.58, 1.86, draw(1)),
    girth: between(0.96, 1.2, draw(2)),
    coat: courier ? [58, 60, 66] : pick(coats, draw(3), grey),
    coatM: courier || role === "resident" ? 0.05 : between(-0.02, 0.42, draw(4) * draw(4)),
    trousers: courier ? [56, 58, 64] : pick(trousers, draw(5), grey),
    shoes: draw(6) < 0.5 ? [48, 42, 40] : [196, 192, 186],
    skin: pick(skins, draw(7), grey),
    hair: pick(hairs, draw(8), grey),
    hairstyle: courier ? "cap" : role === "resident" ? "short" : pick(styles, draw(9), "short"),
    hat: courier ? [206, 96, 40] : pick(coats, draw(10), grey),
    scarf: !courier && role !== "resident" && draw(11) < 0.3 ? pick(scarves, draw(12), grey) : null,
    bag: role !== "resident" && !courier && draw(13) < 0.4 ? pick(trousers, draw(14), grey) : null,
    vest: courier ? [226, 122, 48] : null,
  };
}
