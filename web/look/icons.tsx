/**
 * Icons: drawn for this page on a 24 px grid, one stroke, coloured by the text around them.
 *
 * Always decoration: the words beside them, or the button's label, carry the meaning.
 */
import type { ComponentChildren } from "preact";

const strokes = {
  bell: (
    <>
      <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.8h-15z" />
      <path d="M10 21a2.2 2.2 0 0 0 4 0M12 5V3" />
    </>
  ),
  motion: (
    <path d="M3.5 9.3h10a2.6 2.6 0 1 0-2.5-3.4M3.5 13h14a2.7 2.7 0 1 1-2.6 3.5M3.5 16.7h7.2a1.9 1.9 0 1 1-1.8 2.4" />
  ),
  person: (
    <>
      <circle cx="13.5" cy="4.8" r="1.9" />
      <path d="m13 9-2.4 5.2 3.4 2.6.6 4.7M10.6 14.2 8.8 18l-3.3 2M13 9l-4 .9-1.6 3.3M13 9l2.3 3 3.2.7" />
    </>
  ),
  animal: (
    <path d="M5 4.2 8.8 7h6.4L19 4.2v9c0 3.7-3 6.3-7 6.3s-7-2.6-7-6.3zM9.3 12h.1M14.7 12h.1M10.7 15.6l1.3.9 1.3-.9" />
  ),
  vehicle: (
    <>
      <path d="M4.8 16.5H3v-4l2.2-.9L7.6 7.5h7l2.7 4 3.7 1v4h-2M9 16.5h5.6M5.6 11.6h11.5" />
      <circle cx="6.9" cy="16.8" r="2" />
      <circle cx="16.9" cy="16.8" r="2" />
    </>
  ),
  parcel: <path d="m12 3.8 8 3.9v8.8l-8 3.9-8-3.9V7.7zM4 7.7l8 3.9 8-3.9M12 11.6v8.8M8 5.7l8 3.9" />,
  phone: (
    <path d="M8.2 4.5 5 5.4c-.4 7.8 5.8 14 13.6 13.6l.9-3.2-4-2.3-1.9 1.7a11 11 0 0 1-4.8-4.8l1.7-1.9z" />
  ),
  mic: <path d="M9 11.5V6a3 3 0 0 1 6 0v5.5a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6" />,
  speaker: <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />,
  say: <path d="M4 5h16v11h-8.5L7 20v-4H4zM8.5 10.5h.1M12 10.5h.1M15.5 10.5h.1" />,
  play: <path class="solid" d="M8 5.2v13.6L19 12z" />,
  pause: <path d="M8.5 5.5v13M15.5 5.5v13" stroke-width="3" />,
  again: <path d="M4.5 12a7.5 7.5 0 1 0 2.6-5.7M4.5 4.5v4h4" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  trash: <path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10.3 10.8v5M13.7 10.8v5" />,
  download: <path d="M12 4v11M7.5 10.8 12 15.3l4.5-4.5M5 19.5h14" />,
  soundOn: <path d="M4 9.8v4.4h3.4l4.6 4V5.8l-4.6 4zM15.5 9a4.4 4.4 0 0 1 0 6M18 6.4a8 8 0 0 1 0 11.2" />,
  soundOff: <path d="M4 9.8v4.4h3.4l4.6 4V5.8l-4.6 4zM16 9.8l4.4 4.4M20.4 9.8 16 14.2" />,
  camera: (
    <>
      <path d="M3.5 7.5h11v9h-11zM14.5 11l6-3v8l-6-3" />
    </>
  ),
  shield: <path d="M12 3.2 5 5.8v5.4c0 4.4 2.8 7.7 7 9.6 4.2-1.9 7-5.2 7-9.6V5.8zM9 11.8l2.2 2.3L15.2 10" />,
  button: (
    <>
      <rect x="6.5" y="3" width="11" height="18" rx="3.5" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  disk: <path d="M4 13.5h16v5.5H4zM4 13.5 6.5 5h11L20 13.5M16.6 16.3h.1" />,
  frames: <path d="M8 4h12v12M4 8h12v12H4z" />,
  rooms: <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />,
  expand: <path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15" />,
  newer: <path d="m6 14.5 6-6 6 6" />,
  older: <path d="m6 9.5 6 6 6-6" />,
  alert: <path d="M12 4 2.8 19.5h18.4zM12 10v4.2M12 16.8v.2" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  door: <path d="M6 21V9a6 6 0 0 1 12 0v12M3 21h18M14.6 14.2h.1" />,
  noVideo: <path d="M3.5 7.5h9M14.5 10.5v6h-11v-9M14.5 11l6-3v8l-4-2M4 4l16 16" />,
  menu: <path d="M4.5 7h15M4.5 12h15M4.5 17h15" />,
  back: <path d="m13.5 5.5-6.5 6.5 6.5 6.5M7.5 12h11" />,
  forward: <path d="m10.5 5.5 6.5 6.5-6.5 6.5M16.5 12h-11" />,
  people: (
    <>
      <circle cx="9" cy="8.2" r="3.2" />
      <path d="M3.5 19.5c0-3.2 2.4-5.4 5.5-5.4s5.5 2.2 5.5 5.4M15.5 5.3a3.2 3.2 0 0 1 0 5.8M17 14.4c2.2.7 3.5 2.6 3.5 5.1" />
    </>
  ),
  timeline: <path d="M3 16.5h18M6 12.5v4M10 9.5v7M14 13.5v3M18 11v5.5M12 3.5v2.5M9.5 6h5" />,
  history: <path d="M4.7 9.5a7.8 7.8 0 1 1-.4 4.4M4.5 4.8v4.7h4.7M12 8v4.4l3 1.8" />,
  key: (
    <>
      <circle cx="8.2" cy="15.8" r="3.9" />
      <path d="m11 13 8.5-8.5M15.4 8.6l2.8 2.8" />
    </>
  ),
  leave: <path d="M10 4.5H5.5v15H10M14.5 8l4 4-4 4M18.5 12H9.5" />,
  browser: <path d="M3.5 5.5h17v13h-17zM3.5 9.5h17M6.3 7.5h.1" />,
  print: <path d="M7 9V4h10v5M7 17H4V9.5h16V17h-3M7 14h10v6H7z" />,
  pen: <path d="m4.5 19.5.9-4L16 4.9l3.1 3.1L8.5 18.6zM13.8 7.1l3.1 3.1" />,
  undo: <path d="M9 5.5 4.5 10 9 14.5M4.5 10H14a5 5 0 0 1 0 10h-2.5" />,
  redo: <path d="M15 5.5 19.5 10 15 14.5M19.5 10H10a5 5 0 0 0 0 10h2.5" />,
  zoomIn: (
    <path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20 20M7.8 10.5h5.4M10.5 7.8v5.4" />
  ),
  zoomOut: <path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20 20M7.8 10.5h5.4" />,
  magnet: <path d="M5 4h4v8a3 3 0 0 0 6 0V4h4v8a7 7 0 0 1-14 0zM5 8h4M15 8h4" />,
  plus: <path d="M12 5v14M5 12h14" />,
  pulse: <path d="M3 12.5h4.5L10 6.5l4 11.5 2.5-5.5H21" />,
  minus: <path d="M5 12h14" />,
  eye: (
    <>
      <path d="M2.8 12C5 8 8.3 6 12 6s7 2 9.2 6c-2.2 4-5.5 6-9.2 6S5 16 2.8 12z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  outline: <path d="M5 18.5 6.5 6l12-1 1 10-6.5 4zM5 18.5h.1M6.5 6h.1M18.5 5h.1M19.5 15h.1M13 19h.1" />,
  zones: <path d="M4 5h9v8H4zM11 16.5v3h9V10h-4" />,
  sliders: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  heat: <path d="M4.5 5h4v4h-4zM15.5 15h4v4h-4zM10 5h9.5v4H10zM4.5 10.5h9v8.5h-9zM15 10.5h4.5" />,
  quietCells: <path d="M4.5 5h15v14h-15zM9.5 5v14M14.5 5v14M4.5 9.7h15M4.5 14.3h15" />,
  thumbUp: (
    <path d="M4 10.5h3.5V20H4zM7.5 11l4-7.2c1.4 0 2.2 1 2 2.4L13 10h5.6a1.6 1.6 0 0 1 1.6 2l-1.5 6.5A2 2 0 0 1 16.8 20H7.5" />
  ),
  thumbDown: (
    <path d="M4 13.5h3.5V4H4zM7.5 13l4 7.2c1.4 0 2.2-1 2-2.4L13 14h5.6a1.6 1.6 0 0 0 1.6-2l-1.5-6.5A2 2 0 0 0 16.8 4H7.5" />
  ),
  eyeOff: (
    <path d="M4 4l16 16M9.9 6.3A8.8 8.8 0 0 1 12 6c3.7 0 7 2 9.2 6a15 15 0 0 1-3 3.7M6.4 7.7A13.5 13.5 0 0 0 2.8 12C5 16 8.3 18 12 18c1.5 0 2.9-.3 4.2-1M10 10.2a2.8 2.8 0 0 0 3.9 3.9" />
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
    </>
  ),
  moon: <path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z" />,
  infrared: (
    <path d="M8 19h8M9.5 16.5V11a2.5 2.5 0 0 1 5 0v5.5zM12 5V3M7 7 5.6 5.6M17 7l1.4-1.4M5 11.5H3M21 11.5h-2" />
  ),
  "close-up": (
    <path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15M9 17v-1.5a3 3 0 0 1 6 0V17M12 11.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4" />
  ),
  spark: (
    <path d="M12 4v4M12 16v4M4 12h4M16 12h4M6.5 6.5l2.6 2.6M14.9 14.9l2.6 2.6M17.5 6.5l-2.6 2.6M9.1 14.9l-2.6 2.6" />
  ),
  rain: (
    <path d="M7 14.5a4 4 0 0 1 .3-8A5 5 0 0 1 17 7.4a3.6 3.6 0 0 1 .2 7.1zM8.5 17.5l-1 2.5M12.5 17.5l-1 2.5M16.5 17.5l-1 2.5" />
  ),
  wand: <path d="m4 20 9.5-9.5M15 4.5v3M15 10.5v3M10.5 9h3M16.5 9h3M18.8 5.2l-1.6 1.6M11.2 5.2l1.6 1.6" />,
  ask: <path d="M4 5h16v11h-8.5L7 20v-4H4zM10 8.9a2 2 0 1 1 2.6 2.1c-.4.2-.6.4-.6.9M12 13.7v.1" />,
  pin: (
    <>
      <path d="M12 21c4-4.4 6.5-7.8 6.5-11a6.5 6.5 0 0 0-13 0c0 3.2 2.5 6.6 6.5 11z" />
      <circle cx="12" cy="10" r="2.3" />
    </>
  ),
  paper: <path d="M6 3.5h8.5L18.5 7.5v13H6zM14.5 3.5v4h4M9 11.5h6.5M9 15h6.5M9 18h4" />,
  quiet: <path d="M6 16.5V11a6 6 0 0 1 9-5.2M18 11v5.5l1.5 1.8H7M10 21a2.2 2.2 0 0 0 4 0M12 5V3M4 4l16 16" />,
  next: <path d="m9 5.5 6.5 6.5L9 18.5" />,
  share: <path d="M12 14.5V4M8 7.6 12 3.8l4 3.8M6.5 11H5v9h14v-9h-1.5" />,
  copy: <path d="M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4" />,
  link: <path d="M4.5 9.5a11 11 0 0 1 15 0M7.5 13a6.6 6.6 0 0 1 9 0M12 17h.1M4 4l16 16" />,
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof strokes;

interface Props {
  readonly name: IconName;
  readonly class?: string;
}

export function Icon({ name, class: extra = "" }: Props) {
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {strokes[name]}
    </svg>
  );
}

/** The sign of the house: a door and its sill. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="logo-ground" width="32" height="32" rx="8" />
      <path class="logo-door" d="M10 23V13.5a6 6 0 0 1 12 0V23" />
      <path class="logo-sill" d="M6.5 24.6h19" />
      <circle class="logo-eye" cx="16" cy="16.4" r="1.9" />
    </svg>
  );
}
