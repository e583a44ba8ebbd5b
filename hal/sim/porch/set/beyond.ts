/**
 * Beyond the line: neighbour's house, pavements, street, lamp post, sky.
 */
import { hash, mix, noise2, smooth } from "../math.ts";
import { canvasWidth, groundM, plan } from "../plan.ts";
import { asphalt, brick, lawn, overlay, paintedWood, plain, slabs, tiles, within } from "./materials.ts";
import {
  floor,
  fold,
  front,
  lineCover,
  scale,
  setColour,
  side,
  type Painter,
  type Surface,
} from "./surface.ts";

const wide = [-60, 60] as const;

export function street(seed: number): Surface[] {
  const { front: line, pavement, street: road, farPavement, sideFence } = plan;
  const paving = slabs(hash(seed, 40), [158, 154, 148], 0.6, 0.5);
  const kerb = slabs(hash(seed, 41), [176, 174, 170], 0.9, 0.4);
  const tar = overlay(asphalt(hash(seed, 42)), plain([214, 212, 204], 0.5), (u, v, footM) => {
    const dash = Math.abs(fold(u, 6)) < 1.5 ? 1 : 0;
    return dash * lineCover(v - (road.nearZ + road.farZ) / 2, 0.14, footM);
  });
  const grass = lawn(hash(seed, 43));
  return [
    floor(groundM, wide, [line.z, pavement.farZ], paving),
    floor(groundM, wide, [pavement.farZ, road.nearZ], kerb),
    floor(groundM - 0.06, wide, [road.nearZ, road.farZ], tar),
    floor(groundM, wide, [road.farZ, farPavement.nearZ], kerb),
    floor(groundM, wide, [farPavement.nearZ, farPavement.farZ], paving),
    floor(groundM, wide, [farPavement.farZ, 60], grass),
    // the neighbour's strip of ground behind our fence
    floor(groundM, [-9, sideFence.x - 0.05], [1, line.z], grass),
    ...lampPost(seed),
    ...neighbour(seed),
  ];
}

function lampPost(seed: number): Surface[] {
  const { x, z, topY } = plan.streetLamp;
  const steel: Painter = (u, _v, _footM, out) => {
    const across = (u - x) / 0.06;
    setColour(out, 84, 92, 90);
    scale(out, 1.1 - 0.4 * across * across + 0.2 * across);
  };
  return [
    front(z, [x - 0.05, x + 0.05], [groundM, topY], steel),
    front(z - 0.02, [x - 0.09, x + 0.09], [groundM, groundM + 0.5], steel),
    front(z, [x - 0.05, x + 0.75], [topY - 0.06, topY], paintedWood(hash(seed, 44), [92, 98, 96])),
    front(z - 0.05, [x + 0.42, x + 0.95], [topY - 0.12, topY + 0.05], plain([150, 152, 148])),
  ];
}

function neighbour(seed: number): Surface[] {
  const { x, farZ, window: pane } = plan.neighbour;
  const wall = brick(hash(seed, 45), [168, 112, 88], [182, 172, 160]);
  const frame = plain([224, 222, 216]);
  const glass: Painter = (u, v, footM, out) => {
    const curtain = smooth(0.28, 0.2, Math.min(u - pane.nearZ, pane.farZ - u));
    const fold01 = 0.5 + 0.5 * Math.sign(fold(u, 0.09)) * Math.min(1, Math.abs(fold(u, 0.09)) * 40);
    setColour(out, mix(58, 186, curtain), mix(70, 172, curtain), mix(84, 150, curtain));
    scale(
      out,
      1 + (v - 1.6) * 0.22 - curtain * 0.12 * fold01 + (noise2(hash(seed, 46), u * 2, v * 2) - 0.5) * 0.2,
    );
    if (lineCover(u - (pane.nearZ + pane.farZ) / 2, 0.06, footM) > 0.5) setColour(out, 220, 218, 212);
  };
  const framed = overlay(
    wall,
    frame,
    within(pane.nearZ - 0.08, pane.farZ + 0.08, pane.lowY - 0.12, pane.topY + 0.08),
  );
  const windowed = overlay(framed, glass, within(pane.nearZ, pane.farZ, pane.lowY, pane.topY));
  const paint: Painter = (u, v, footM, out) => {
    windowed(u, v, footM, out);
    out.open = 0.5 + 0.3 * smooth(0, 3, v);
    const eave = smooth(4.6, 4.2, v);
    scale(out, 0.72 + 0.28 * eave);
  };
  const roof = tiles(hash(seed, 47), [122, 76, 62]);
  return [side(x, [-2, farZ], [groundM, 4.75], paint), side(x + 0.35, [-2, farZ + 0.3], [4.7, 5.1], roof)];
}

/** The sky: brightness in r=g=b, share of the zenith's colour in `open`. */
export function sky(seed: number): Surface {
  const z = 400;
  const paint: Painter = (u, v, _footM, out) => {
    const up = smooth(0, 150, v);
    const bank = noise2(hash(seed, 50), u / 95, v / 26) * 0.6 + noise2(hash(seed, 51), u / 31, v / 11) * 0.28;
    const wisps = noise2(hash(seed, 52), u / 11, v / 5) * 0.12;
    const cloud = smooth(0.46, 0.78, bank + wisps);
    const value = mix(246, 255 - 26 * smooth(0.7, 1, bank + wisps), cloud);
    setColour(out, value, value, value);
    out.open = up * (1 - cloud * 0.92);
    out.gloss = 0;
  };
  const half = (canvasWidth / 2 / 512) * z;
  return { ...front(z, [-half - 1, half + 1], [-2, 200], paint), sky: true };
}
