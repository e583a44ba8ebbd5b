/**
 * TileView: one short answer about the doorbell.
 */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import type { Tile } from "./tiles.ts";

function Bar({ frac }: { readonly frac: number }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => bar.current?.style.setProperty("--frac", String(frac)), [frac]);
  return <span class="tile-bar" ref={bar} />;
}

export function TileView({ tile }: { readonly tile: Tile }) {
  return (
    <li class="tile" data-level={tile.level} data-tile={tile.id}>
      <Icon name={tile.icon} class="tile-icon" />
      <p class="tile-label">{tile.label}</p>
      <p class="tile-value">{tile.value}</p>
      {tile.frac !== undefined && <Bar frac={tile.frac} />}
      <p class="tile-note">{tile.note}</p>
    </li>
  );
}
