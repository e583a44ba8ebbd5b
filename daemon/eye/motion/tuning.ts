/**
 * Tuning: every number of the detector, with what it stands for. None depends on a setting.
 *
 * Lumas are in sample sums (16 per level), contrasts are Laplacians of those (noise x sqrt(20)),
 * evidence is in sixteenths of an octave: +16 = twice the squared deviation from the expected.
 */
export const tuning = {
  /** Nothing fires while the background is first learnt. */
  warmUpMs: 1_000,
  /** Frames closer than this are not analysed: more than about 15 a second say nothing new. */
  analysedFps: 15,

  /** Variance of a patch's contrast that no camera gets below: 0.6 luma levels per patch. */
  floorVariance: 1_800,
  /** Share of a patch's own contrast that jitter and sway may turn into change. */
  jitterFrac: 0.2,
  /** The variance seen in the warm-up is an underestimate: few frames. */
  warmUpVarianceFactor: 4,
  /** One outlier may count as this many variances when the variance is learnt. */
  outlierVariances: 9,

  /** How fast what is empty is learnt, and what is occupied is forgotten. */
  learnMs: 4_000,
  forgetMs: 120_000,
  learnVarianceMs: 8_000,
  forgetVarianceMs: 80_000,
  /** Evidence from which a cell counts as occupied for learning. */
  occupied: 40,
  /** Changed but stirless for this long = furniture; learnt at the quick pace. */
  absorbMs: 20_000,
  /** The same when most of the picture changed at once and nothing stirs: another light. */
  absorbAllMs: 2_000,
  absorbAllFrac: 0.5,

  /** Contrast may grow or shrink by the luma's own ratio, times or divided by this. */
  gainSlack: 2,
  /** Weight of "contrast follows luma" in the gain fit, in patches of one deviation. */
  gainPrior: 30,
  /** Luma (summed over a cell) added to both sides of the ratio: black has no ratio. */
  lumaOffset: 200,

  /** A picture is compared with the one this long ago to see whether anything stirs. */
  stirMs: 150,
  /** Evidence below this never fires, whatever the sensitivity (saves work). */
  least: 16,
  /** Change must persist, stirring and overlapping itself, over this span. */
  persistMs: 250,
  /** What a cell proves in a typical second is taken off, from so much on and up to so much. */
  restlessFree: 24,
  restlessMost: 24,
  /** Steps a second by which a busier second counts; the n-th since the start counts 32/n. */
  restlessUp: 2,
  restlessFirst: 32,
  /** Where this much fires (somebody stays) one step in so many seconds. */
  restlessKnown: 50,
  restlessSlow: 8,
  /** Steps a second by which a calmer second counts. */
  restlessDown: 1,
  /** Share of the cells that is large. */
  massFrac: 0.05,
  /** Another camera: the share of cells that stir so much jumps from less than calm to this ... */
  switchStir: 20,
  switchCalm: 0.3,
  switchShare: 0.75,
  /** ... and stays above this for longer than a lamp would stir. Believed once in so long. */
  switchStays: 0.45,
  switchRestMs: 8_000,
  /** A body before the lens: other brightness than this ratio, no pattern, on this share of the cells, */
  coverRatio: 1.15,
  coverFrac: 0.08,
  /** of which so much came within this time, ... */
  coverMs: 800,
  coverNewFrac: 0.4,
  /** ... no single picture bringing more of it than this. */
  coverStepFrac: 0.6,
  /** Luma summed over a cell from which a sensor shows no pattern: 235 a sample. */
  coverBlown: 33_800,
  /** A picture with this share of the usual stir is a repeat; passed over for so long. */
  repeatFrac: 0.25,
  repeatMs: 150,
  /** What has fired keeps firing down to this much less evidence ... */
  holdSlack: 16,
  /** (one step of it is used up in this time) ... */
  leakMs: 250,
  /** ... as long as something near it stirs at least this much ... */
  alive: 28,
  /** ... every so often: a picture that stirs buys the first, all together never more than the second ... */
  boughtMs: 500,
  aliveMs: 1_800,
  /** ... spent twice as fast where less than this stirs. */
  dead: 12,
} as const;

export type Tuning = { readonly [K in keyof typeof tuning]: number };
