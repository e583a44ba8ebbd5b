/**
 * Garden: lawn, path, flower bed, and what bounds the property: hedge, gate, fence, tall hedge.
 */
import { chance, hash, noise2 } from "../math.ts";
import { groundM, pathX, plan } from "../plan.ts";
import { boards, brick, leaves, lawn, overlay, plain, slabs } from "./materials.ts";
import { floor, front, lineCover, scale, setColour, side, type Painter, type Surface } from "./surface.ts";

const pathHalf = 0.52;

export function garden(seed: number): Surface[] {
  const { front: line, sideFence, sideHedge, porch } = plan;
  const grass = lawn(hash(seed, 20));
  const stone = slabs(hash(seed, 21), [172, 162, 148], 0.42, 0.45);
  const soil = soilPainter(hash(seed, 22));
  const path = overlay(grass, stone, (u, v, footM) => {
    const slope = (pathX(v + 0.05) - pathX(v - 0.05)) / 0.1;
    const off = Math.abs(u - pathX(v)) / Math.sqrt(1 + slope * slope);
    const ragged = (noise2(hash(seed, 23), u * 9, v * 9) - 0.5) * 0.05;
    return clamp01((pathHalf - off + ragged) / footM + 0.5);
  });
  const bed = overlay(path, soil, (u, v, footM) => {
    const ragged = noise2(hash(seed, 24), u * 2, v * 2) * 0.25;
    const byHedge = Math.abs(u - 3.2) > 0.75 ? v - (line.z - 0.85) + ragged : -1;
    const byFence = sideFence.x + 0.55 - u + ragged;
    const byTall = u - (sideHedge.x - 0.7) + ragged;
    const byPorch = Math.abs(u) > 1.25 ? porch.edgeZ + 0.55 - v + ragged : -1;
    return clamp01(Math.max(byHedge, byFence, byTall, byPorch) / footM + 0.5);
  });
  return [
    floor(groundM, [sideFence.x, sideHedge.x], [0.8, line.z], bed),
    ...frontHedge(seed),
    ...gate(seed),
    ...fence(seed),
    ...tallHedge(seed),
    ...flowers(seed),
  ];
}

function clamp01(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

function soilPainter(seed: number): Painter {
  return (u, v, _footM, out) => {
    setColour(out, 92, 72, 56);
    scale(out, 0.85 + noise2(seed, u * 14, v * 14) * 0.4);
    out.gloss = 0.05;
  };
}

function frontHedge(seed: number): Surface[] {
  const { front: line, gate: opening, sideFence, sideHedge } = plan;
  const green = leaves(hash(seed, 30), [64, 92, 46], 0.17);
  const face: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    scale(out, 0.78 + 0.3 * clamp01((v - groundM) / 1.1));
    out.open = 0.45 + 0.4 * clamp01((v - groundM) / 1.1);
  };
  const top: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    scale(out, 1.12);
    out.open = 0.95;
  };
  const spans = [
    [sideFence.x, opening.leftX - opening.postWidth],
    [opening.rightX + opening.postWidth, sideHedge.x],
  ] as const;
  return spans.flatMap((span, i) => {
    const bump = (u: number): number =>
      noise2(hash(seed, 31, i), u * 4, 0) * 0.035 + noise2(hash(seed, 32, i), u * 13, 0) * 0.035;
    return [
      {
        ...front(line.z, span, [groundM, line.hedgeTopY + 0.07], face),
        covers: (u: number, v: number) => v < line.hedgeTopY + bump(u),
        leafy: true,
      },
      { ...floor(line.hedgeTopY + 0.03, span, [line.z, line.z + line.hedgeDepth], top), leafy: true },
    ];
  });
}

function gate(seed: number): Surface[] {
  const { front: line, gate: opening } = plan;
  const paint = brick(hash(seed, 33), [150, 88, 66], [168, 158, 146]);
  const leaf = boards(hash(seed, 34), [112, 126, 118], { widthM: 0.11, gapM: 0.014, wear: 0.1 });
  const cap = plain([176, 170, 160], 0.2);
  const pillars = [opening.leftX - opening.postWidth, opening.rightX].flatMap((x) => {
    const span = [x, x + opening.postWidth] as const;
    const inner = x < opening.rightX ? x + opening.postWidth : x;
    return [
      front(line.z - 0.03, span, [groundM, opening.postTopY], paint),
      front(
        line.z - 0.06,
        [x - 0.03, x + opening.postWidth + 0.03],
        [opening.postTopY, opening.postTopY + 0.07],
        cap,
      ),
      floor(
        opening.postTopY + 0.07,
        [x - 0.03, x + opening.postWidth + 0.03],
        [line.z - 0.06, line.z + 0.26],
        cap,
      ),
      side(inner, [line.z - 0.03, line.z + 0.22], [groundM, opening.postTopY], paint),
    ];
  });
  const hung: Surface = {
    ...side(opening.rightX - 0.02, [line.z - 1.1, line.z - 0.05], [groundM + 0.08, opening.leafTopY], leaf),
    covers: (u, v) => v < opening.leafTopY - 0.22 * Math.abs(u - line.z + 0.57),
  };
  return [...pillars, hung];
}

function fence(seed: number): Surface[] {
  const { sideFence, front: line } = plan;
  const wood = boards(hash(seed, 35), [148, 112, 82], { widthM: 0.15, gapM: 0.016, wear: 0.3 });
  const paint: Painter = (u, v, footM, out) => {
    wood(u, v, footM, out);
    const low = clamp01((v - groundM) / 0.35);
    scale(out, 0.75 + 0.25 * low);
    scale(out, 1 - 0.25 * lineCover(v - sideFence.topY + 0.25, 0.02, footM));
    out.open = 0.55 + 0.35 * low;
  };
  return [side(sideFence.x, [1, line.z + 0.1], [groundM, sideFence.topY], paint)];
}

function tallHedge(seed: number): Surface[] {
  const { sideHedge, front: line } = plan;
  const green = leaves(hash(seed, 36), [52, 82, 48], 0.26);
  const paint: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    const low = clamp01((v - groundM) / 2);
    scale(out, 0.72 + 0.36 * low);
    out.open = 0.4 + 0.5 * low;
  };
  const bump = (u: number): number =>
    noise2(hash(seed, 37), u * 3, 0) * 0.09 + noise2(hash(seed, 38), u * 11, 0) * 0.05;
  return [
    {
      ...side(sideHedge.x, [1, line.z + 0.2], [groundM, sideHedge.topY + 0.14], paint),
      covers: (u, v) => v < sideHedge.topY + bump(u),
      leafy: true,
    },
  ];
}

/** Tufts of flowers and grasses, each a small standing picture. */
function flowers(seed: number): Surface[] {
  const tufts: Surface[] = [];
  const colours = [
    [206, 92, 116],
    [222, 186, 84],
    [150, 112, 190],
    [226, 222, 214],
  ] as const;
  for (let i = 0; i < 26; i += 1) {
    const draw = (what: number): number => chance(seed, 0xf10, i, what);
    const byPorch = i >= 17;
    const x = byPorch
      ? (i % 2 === 0 ? 1 : -1) * (1.35 + draw(1) * 2.4)
      : plan.sideFence.x + 0.4 + draw(1) * 6;
    const z = byPorch ? plan.porch.edgeZ + 0.2 + draw(2) * 0.35 : plan.front.z - 0.2 - draw(2) * 0.5;
    if (!byPorch && Math.abs(x - 3.2) < 1) continue;
    const half = 0.16 + draw(3) * 0.16;
    const height = 0.25 + draw(4) * (byPorch ? 0.2 : 0.32);
    const petal = colours[i % colours.length] ?? colours[0];
    const own = hash(seed, 0xf11, i);
    const green = leaves(own, [74, 108, 52], 0.1);
    const paint: Painter = (u, v, footM, out) => {
      green(u, v, footM, out);
      scale(out, 0.7 + (0.4 * (v - groundM)) / height);
      const bloom = noise2(own + 3, u * 21, v * 21);
      if (bloom > 0.68 && v - groundM > height * 0.45) setColour(out, petal[0], petal[1], petal[2]);
      out.open = 0.8;
    };
    const covers = (u: number, v: number): boolean => {
      const du = (u - x) / half;
      const dv = (v - groundM) / height;
      return du * du + dv * dv < 0.55 + noise2(own + 5, u * 15, v * 9) * 0.55;
    };
    tufts.push({
      ...front(z, [x - half, x + half], [groundM, groundM + height], paint),
      covers,
      leafy: true,
    });
  }
  return tufts;
}
