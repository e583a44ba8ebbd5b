/**
 * Tuning: every number of the guard, with its unit and why it has that value.
 *
 * Lengths are pixels of the sketch, which is `sketchCols` wide whatever the camera's picture is.
 */
const degree = Math.PI / 180;

export const tuning = {
  /** 1 degree of roll is 2.6 pixels at the corners and measured to 0.1; 320 cost 1.6 times as much for nothing. */
  sketchCols: 256,
  /** Slope below which a pixel has no direction: an edge of 1.25 grey levels, about the noise of a day. */
  slopeFloor: 20,
  /** From here on an edge is structure and not noise: 5 grey levels. */
  structureSlope: 80,
  /** Displacements that every look compares: 2.7 % of the width. */
  reachPx: 7,

  /** A look at the picture this often. */
  lookEveryMs: 400,
  /** Of 5 s: the time in which people move on and leaves blow. */
  learnLooks: 13,
  /** A point belongs to the fixed scene when its direction agrees with itself this well, 0..1. */
  steadyFrac: 0.8,
  zoneCols: 4,
  zoneRows: 3,
  pointsPerZone: 96,
  /** A zone with fewer is left out. */
  leastPoints: 24,

  /** Rolls that are tried where the plain pile is not clear: up to 2.4 degrees in steps of 0.3. */
  rolls: [-8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 0.3 * degree),
  growths: [-0.03, -0.015, 0.015, 0.03],
  plainClear: 8,
  /** A zone's own map counts for the fine answer from here on. */
  zoneClear: 4,
  /** Zones nearer to each other than this tell no roll. */
  leastSpreadPx: 20,

  /** The scene is surely where the pile says. Other scenes reached 5.8 in 1,100 comparisons. */
  sureClear: 6.2,
  /** The scene is surely where it was. Other scenes reached 3.7. */
  hereClear: 4.5,
  /** A single zone is surely where it was. Other scenes reached 4.8. */
  zoneHereClear: 5.4,
  /** Parts are asked only when the whole stands out nowhere: a bump leaves its middle in place. */
  nowhereClear: 5.5,
  /** A displaced pile must stand out by so much more than the one where the scene was. */
  leadClear: 1.5,

  /**
   * How far the camera may have moved: below the 2 % and 1 degree that must never pass, by ten times
   * the error of measurement, and above what mounts do in sun and wind.
   */
  limitShiftFrac: 0.016,
  limitRoll: 0.6 * degree,
  /** Of any corner of the picture, fraction of the width. */
  limitCornerFrac: 0.02,

  movedLooks: 3,
  lostLooks: 4,
  /** Looks in a row that must see the scene in its place before a covered camera shows it again: 2 s. */
  backLooks: 6,
  /** Another scene for so long is not a visitor. */
  changedMs: 300_000,
  /** A scene that was this much fainter than when it was learnt, just before it was lost, faded away. */
  fadedFrac: 0.6,
  /** Share of the learnt structure below which there is nothing to compare. */
  bareFrac: 0.25,
} as const;
