/**
 * Encoder: H.264 through whichever encoder of this machine can do the work, best first.
 *
 * Hardware is tried before it is trusted (encoder-trial.ts). One that fails then, or dies in use, is
 * not taken again by this process: the next opening goes on in software, and `instead` of the encoder
 * says why, for the status. Which encoders there are and why not: encoder-choice.ts.
 */
import type { Encoder, EncoderSettings } from "../encoder.ts";
import { Fault, toFault } from "../fault.ts";
import { boardModel, listVideoNodes } from "./devices.ts";
import { hardwareLevel, isHardware, judgeEncoders, type EncoderVerdict } from "./encoder-choice.ts";
import { encoderChain, encoderNames, type EncoderName } from "./encoder-elements.ts";
import { GstEncoder } from "./encoder-session.ts";
import { tryEncoder } from "./encoder-trial.ts";
import { hasElement } from "./elements.ts";
import { gstInstallHint, openGst } from "./lib.ts";

export interface H264EncoderOptions {
  /** Take this one instead of the best. */
  readonly element?: EncoderName;
}

/** One way to make H.264. */
export interface EncoderCandidate {
  readonly name: string;
  readonly chain: string;
  /** Tried before it is used, and given up when it fails. */
  readonly hardware: boolean;
}

/** What this machine's encoders are good for; see judgeEncoders. */
export async function judgedEncoders(job?: EncoderSettings): Promise<EncoderVerdict[]> {
  const elements = encoderNames.filter((name) => hasElement(name));
  const [nodes, model] = await Promise.all([listVideoNodes(), boardModel()]);
  return judgeEncoders({ elements, nodes, model }, job);
}

/** Opens the first of several encoders that works, and remembers which did not. */
export class EncoderChooser {
  readonly #failed = new Map<string, Fault>();
  readonly #proven = new Set<string>();

  /** Throws the last one's Fault, or `not-found` when there is none. */
  async open(candidates: readonly EncoderCandidate[], settings: EncoderSettings): Promise<Encoder> {
    const reasons: string[] = [];
    let last: Fault | null = null;
    for (const candidate of candidates) {
      const { name } = candidate;
      try {
        const known = this.#failed.get(name);
        if (known !== undefined) throw known;
        await this.#prove(candidate, settings);
        const instead = reasons.length === 0 ? undefined : `${name} is used: ${reasons.join("; ")}`;
        const onDead = (fault: Fault): void => this.#giveUp(candidate, fault);
        return new GstEncoder(openGst(), { ...candidate, settings, instead, onDead });
      } catch (error) {
        last = toFault(error);
        this.#giveUp(candidate, last);
        reasons.push(`${name} does not work (${last.message})`);
      }
    }
    throw last ?? noEncoder();
  }

  async #prove({ name, chain, hardware }: EncoderCandidate, settings: EncoderSettings): Promise<void> {
    const { width, height, fps } = settings;
    const job = `${name} ${width}x${height} ${fps}`;
    if (!hardware || this.#proven.has(job)) return;
    await tryEncoder(openGst(), { name, chain, settings });
    this.#proven.add(job);
  }

  /** Software that fails once may work the next time; there is nothing behind it to fall back on. */
  #giveUp({ name, hardware }: EncoderCandidate, fault: Fault): void {
    if (hardware) this.#failed.set(name, fault);
  }
}

const chooser = new EncoderChooser();

/** Throws Fault `not-found` (no encoder installed), `invalid` (settings), `unavailable`. */
export async function openH264Encoder(
  settings: EncoderSettings,
  { element }: H264EncoderOptions = {},
): Promise<Encoder> {
  checkSettings(settings);
  if (element !== undefined)
    return new GstEncoder(openGst(), { ...candidateOf(element, settings), settings });
  return chooser.open(await candidatesFor(settings), settings);
}

/** The encoder that would be used, as a piece of a gst-launch line (to measure against). */
export async function encoderElement(settings: EncoderSettings): Promise<string> {
  const [best] = await candidatesFor(settings);
  if (best === undefined) throw noEncoder();
  return best.chain;
}

async function candidatesFor(settings: EncoderSettings): Promise<EncoderCandidate[]> {
  const usable = (await judgedEncoders(settings)).filter((verdict) => verdict.usable);
  return usable.map(({ name }) => candidateOf(name, settings));
}

function candidateOf(name: EncoderName, settings: EncoderSettings): EncoderCandidate {
  const level = hardwareLevel(settings) ?? "4";
  return { name, chain: encoderChain(name, { ...settings, level }), hardware: isHardware(name) };
}

function noEncoder(): Fault {
  return new Fault("not-found", "no H.264 encoder is installed", {
    hint: gstInstallHint(["gstreamer1.0-plugins-ugly"]),
  });
}

function checkSettings({ width, height, fps, bitrateKbps, gopFrames }: EncoderSettings): void {
  const whole = [width, height, bitrateKbps, gopFrames].every(
    (value) => Number.isInteger(value) && value > 0,
  );
  if (whole && fps > 0 && width >= 16 && height >= 16 && width <= 8192 && height <= 8192) return;
  throw new Fault("invalid", `encoder cannot make ${width}x${height} at ${fps} fps, ${bitrateKbps} kbit/s`, {
    hint: "16 to 8192 pixels a side, whole kbit/s and frames per GOP",
  });
}
