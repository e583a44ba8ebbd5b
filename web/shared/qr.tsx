/**
 * QR: a text as a picture for a telephone's camera, drawn here, dark on light in both themes.
 */
import { encode } from "uqr";

interface Props {
  readonly text: string;
  readonly label: string;
}

export function Qr({ text, label }: Props) {
  const { data, size } = encode(text, { border: 3 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect class="qr-ground" width={size} height={size} />
      <path class="qr-ink" d={path} />
    </svg>
  );
}
