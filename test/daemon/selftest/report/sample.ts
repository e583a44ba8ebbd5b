/** A report with one of everything in it. */
import { selftestReportSchema, type SelftestReport } from "../../../../daemon/wire/selftest.ts";

export const nasty = `<script>alert("x")</script> & 'quotes' \u0000\u0007\u001B[31m ]]> \uD800`;

export const sample: SelftestReport = selftestReportSchema.parse({
  format: "sill-selftest",
  version: 1,
  id: "0mwxhga9z-53z0jmej3h",
  startedWallMs: Date.UTC(2026, 10, 26, 11, 42),
  tookMs: 41_234,
  verdict: "fail",
  counts: { pass: 1, warn: 1, fail: 1, skip: 1 },
  cut: null,
  how: "a running house",
  attended: true,
  outbound: false,
  only: null,
  sill: "0.1.0",
  board: "Raspberry Pi 4 Model B Rev 1.4",
  checks: [
    {
      id: "button",
      group: "lines",
      title: "The button rings, once for each press",
      verdict: "pass",
      seen: "one press, 4 edges within 3.0 ms",
      figures: [],
      waveform: {
        title: "Button",
        edges: [
          { atMs: 0, active: true },
          { atMs: 0.4, active: false },
          { atMs: 1.1, active: true },
          { atMs: 3, active: false },
        ],
      },
      tookMs: 3_000,
    },
    {
      id: "storage-fsync",
      group: "storage",
      title: "A small change is durable soon",
      verdict: "warn",
      seen: "half of the changes within 3.0 ms, 99 of 100 within 400 ms",
      advice: "this is slow for a card in good health; watch it",
      figures: [{ name: "99 of 100 within", value: 400, unit: "ms", atMost: 250 }],
      histogram: {
        title: "Time until durable",
        unit: "ms",
        bars: [
          { upTo: 4, count: 38 },
          { upTo: 512, count: 2 },
        ],
      },
      tookMs: 1_234,
    },
    {
      id: "picture-focus",
      group: "picture",
      title: "The picture is in focus",
      verdict: "fail",
      seen: nasty,
      advice: nasty,
      figures: [{ name: "free", value: 21_500_000_000, unit: "bytes", atLeast: 268_435_456 }],
      picture: "What the camera sees",
      tookMs: 5_000,
    },
    {
      id: "board-power",
      group: "board",
      title: "The board gets enough voltage",
      verdict: "skip",
      seen: "nothing here measures the supply",
      figures: [],
      tookMs: 1,
    },
  ],
});
