/**
 * History: the ledger as the keeper uses it, for what owners and members want to know later.
 *
 * `append` is durable before what it tells happens; when it rejects, what it would have told does not happen:
 * nothing is shown, granted or sent. `note` is for what happens anyway (a recording that must go, a gap): it is
 * tried before, kept in memory when the disk refuses, and told as soon as it does not; it never rejects.
 * The bell rings and the camera records with a ledger that cannot be opened; `fault` says why.
 *
 * A ledger that is damaged stays shut until the next start. What an earlier version wrote to `history/` is taken
 * over once, before anything else is.
 */
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { diskFiles } from "../files/disk.ts";
import type { DeviceKey } from "../identity/device-key.ts";
import type { Entry, Told } from "../ledger/entry.ts";
import { entryKinds, everydayKinds } from "../ledger/kinds.ts";
import { Ledger } from "../ledger/ledger.ts";
import { deviceSigner } from "../ledger/key.ts";
import type { HistoryEntry } from "../wire/api-household.ts";
import type { DataPaths } from "../wire/paths.ts";
import { takeOverHistory } from "./old-history.ts";

export type Happened = Pick<HistoryEntry, "who" | "what" | "detail"> &
  Partial<Pick<HistoryEntry, "fromFrac" | "toFrac" | "about">>;

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** `before` of the next, older page; null = there is none. */
  readonly next: number | null;
}

export interface HistoryQuery {
  readonly before: number | null;
  readonly limit: number;
  /** Kinds that are not wanted. */
  readonly without: readonly string[];
  /** What only is wanted; default: all. */
  readonly about?: (about: NonNullable<HistoryEntry["about"]>) => boolean;
  /** Where it may stop. */
  readonly sinceWallMs?: number;
}

export interface HistoryOptions {
  readonly paths: Pick<DataPaths, "ledger" | "history">;
  readonly clock: Clock;
  readonly device: DeviceKey;
  /** So long who, what and about what are kept. */
  readonly detailsDays: number;
  /** Every entry of this run, once it is durable. */
  readonly onTold?: (entry: HistoryEntry) => void;
  /** `fault` is another now. */
  readonly onChange: (fault: Fault | null) => void;
}

const tendMs = 10_000;
const eraseMs = 3_600_000;
const dayMs = 86_400_000;
/** Nothing that was watched is kept longer, so who watched it is not either. */
const everydayDays = 30;
const mostNoted = 256;

export class History implements AsyncDisposable {
  readonly #options: HistoryOptions;
  #ledger: Promise<Ledger> | null = null;
  #opened: Ledger | null = null;
  #lastRunWallMs: number | null = null;
  #noted: { told: Told; wallMs: number }[] = [];
  #fault: Fault | null = null;
  #erasedMs = -Infinity;
  #cancelTend = (): void => {};
  /** Noted and never told: too many waited. */
  dropped = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** The first attempt; resolves either way. */
  async open(): Promise<void> {
    this.#cancelTend = this.#options.clock.every(tendMs, () => void this.#tend());
    await this.ledger().catch(() => {}); // `fault` says why
  }

  /** Why it could not be opened or written last; null = it could. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** Time of the last entry that an earlier run told; null = there is none, or it is not open yet. */
  get lastRunWallMs(): number | null {
    return this.#lastRunWallMs;
  }

  /** Durable ones; 0 while it is not open. */
  get entries(): number {
    return this.#opened?.size ?? 0;
  }

  /** Noted, and waiting for a disk that takes it. */
  get waiting(): number {
    return this.#noted.length;
  }

  /** Durable when it resolves. */
  async append(happened: Happened): Promise<HistoryEntry> {
    return this.#append(toldOf(happened), this.#options.clock.wallMs());
  }

  async note(happened: Happened): Promise<void> {
    const noted = { told: toldOf(happened), wallMs: this.#options.clock.wallMs() };
    await this.#append(noted.told, noted.wallMs).catch(() => {
      if (this.#noted.length < mostNoted) this.#noted.push(noted);
      else this.dropped += 1;
    });
  }

  /** Newest first. */
  async page({ about, ...query }: HistoryQuery): Promise<HistoryPage> {
    const wanted = about && (({ opening }: Entry) => opening?.about !== undefined && about(opening.about));
    const { entries, next } = await (await this.ledger()).page({ ...query, ...(wanted && { wanted }) });
    return { entries: entries.flatMap((entry) => shown(entry) ?? []), next };
  }

  /** Opened at the first call, and again when that failed for a reason that may pass. */
  ledger(): Promise<Ledger> {
    this.#ledger ??= this.#open();
    return this.#ledger;
  }

  /** Erases details whose time has come, at most once an hour. Only for a clock that is trusted. */
  async eraseOld(): Promise<void> {
    const { clock, detailsDays } = this.#options;
    if (clock.monoMs() - this.#erasedMs < eraseMs) return;
    this.#erasedMs = clock.monoMs();
    try {
      const ledger = await this.ledger();
      const nowWallMs = clock.wallMs();
      const before = (days: number): number => nowWallMs - days * dayMs;
      await ledger.erase({
        rule: "everyday",
        kinds: everydayKinds,
        beforeWallMs: before(everydayDays),
        nowWallMs,
      });
      await ledger.erase({ rule: "all", kinds: null, beforeWallMs: before(detailsDays), nowWallMs });
    } catch (error) {
      this.#tell(toFault(error));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelTend();
    const ledger = await this.#ledger?.catch(() => null);
    await ledger?.[Symbol.asyncDispose]();
  }

  async #append(told: Told, wallMs: number): Promise<HistoryEntry> {
    try {
      const entry = await (await this.ledger()).append(told, wallMs);
      this.#tell(null);
      const said = shown(entry) ?? impossible();
      this.#options.onTold?.(said);
      return said;
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind !== "invalid") this.#tell(fault);
      throw fault;
    }
  }

  async #open(): Promise<Ledger> {
    const { paths, clock, device } = this.#options;
    try {
      const files = diskFiles(paths.ledger);
      const ledger = await Ledger.open({ files, clock, signer: deviceSigner(device) });
      await takeOverHistory(paths.history, ledger);
      this.#lastRunWallMs = ledger.lastWallMs;
      this.#opened = ledger;
      this.#tell(null);
      return ledger;
    } catch (error) {
      const fault = toFault(error, "the ledger cannot be opened");
      this.#tell(fault);
      if (fault.kind !== "corrupt") this.#ledger = null;
      throw fault;
    }
  }

  /** Tries again what failed. */
  async #tend(): Promise<void> {
    if (this.#fault === null && this.#noted.length === 0) return;
    try {
      await (await this.ledger()).probe();
      this.#tell(null);
    } catch (error) {
      return this.#tell(toFault(error));
    }
    for (const { told, wallMs } of this.#noted.splice(0))
      await this.#append(told, wallMs).catch(() => {
        this.#noted.push({ told, wallMs });
      });
  }

  #tell(fault: Fault | null): void {
    const isNews = this.#fault?.message !== fault?.message;
    this.#fault = fault;
    if (isNews) this.#options.onChange(fault);
  }
}

/** A null of the API is not said in the ledger. */
function toldOf({ who, what, detail, fromFrac, toFrac, about }: Happened): Told {
  return {
    what,
    who,
    detail,
    ...(fromFrac == null ? {} : { fromFrac }),
    ...(toFrac == null ? {} : { toFrac }),
    ...(about === undefined ? {} : { about }),
  };
}

/** Null for a kind that only a later version knows. */
function shown({ seq, wallMs, kind, opening }: Entry): HistoryEntry | null {
  const what = entryKinds.find((known) => known === kind);
  if (what === undefined) return null;
  const base = { id: String(seq), wallMs, what };
  if (opening === null) return { ...base, who: null, detail: "", fromFrac: null, toFrac: null, erased: true };
  const { who, detail, fromFrac = null, toFrac = null, about } = opening;
  return { ...base, who, detail, fromFrac, toFrac, ...(about === undefined ? {} : { about }) };
}

function impossible(): never {
  throw new Fault("bug", "an entry of an unknown kind was told");
}
