/**
 * Build: the parts of the keeper and who tells whom. Nothing is started here.
 *
 *   button -> doorbell -> book -> pages, store, eye, chime
 *   eye link -> book, store, live, heat -> pages          courier link -> feed desk -> request book; grants (the gate)
 *   clock -> janitor -> store                       every change -> status feed -> pages, light
 */
import type { Settings } from "../../config/schema.ts";
import { isDiskFull, toFault, type Fault } from "../../hal/fault.ts";
import { runningTime } from "../../hal/running-time.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Clip, Event } from "../wire/api.ts";
import type { DataPaths } from "../wire/paths.ts";
import { diskFiles } from "../files/disk.ts";
import { CalibrationDesk } from "./calibration/desk.ts";
import { Walks } from "./calibration/walks.ts";
import type { ConsentFiles } from "./consent/consent.ts";
import { FeedDesk } from "./consent/feed/feed-desk.ts";
import { RequestBook } from "./consent/request-book.ts";
import { askedOf } from "./consent/asked.ts";
import { Doorbell } from "./doorbell.ts";
import type { DrawnZones } from "./drawn-zones.ts";
import { Examinations } from "./examinations.ts";
import { EventBook } from "./event-book.ts";
import { Grants } from "./grants/grants.ts";
import { HeatHub } from "./heat.ts";
import { History, type Happened } from "./history.ts";
import { Janitor } from "./janitor.ts";
import { JournalFlush } from "./journal-flush.ts";
import { CourierLink } from "./links/courier.ts";
import { EyeLink } from "./links/eye.ts";
import { RtspLink } from "./links/rtsp.ts";
import { LiveHub } from "./live.ts";
import { faultFields, type Logger } from "./log.ts";
import { Metrics } from "./metrics.ts";
import type { Parts } from "./parts.ts";
import { MotionDays } from "./motion-days.ts";
import type { People } from "./people/people.ts";
import { PrivacyDesk } from "./privacy/desk.ts";
import { ProblemLog } from "./problem-log.ts";
import type { PolicyBook } from "./policy-book.ts";
import { CameraFeed } from "./sensors/camera-feed.ts";
import { PhoneBook, type Phone } from "./push/phone-book.ts";
import { PhoneDesk } from "./push/phone-desk.ts";
import { phonesOf } from "./push/phones-of.ts";
import type { SensorDrivers } from "./sensors/drivers.ts";
import { Sensors } from "./sensors/sensors.ts";
import { linuxMachine } from "../selftest/linux-machine.ts";
import { hottest } from "../selftest/machine.ts";
import { SelftestDesk } from "./selftest/desk.ts";
import { SelftestShelf } from "./selftest/shelf.ts";
import { deletedWords } from "./deleted-words.ts";
import { BlindWatch, sightOf } from "./blind-watch.ts";
import { Gaps } from "./gaps.ts";
import { Sightings } from "./sightings.ts";
import { rtspDoor } from "./rtsp-door.ts";
import { Views } from "./views.ts";
import { Stills } from "./stills.ts";
import { OutsideCalls } from "./outside-calls.ts";
import { StatusFeed } from "./status-feed.ts";
import { speakerChime } from "../../hal/speaker-chime.ts";
import { callAddress } from "./page-address.ts";
import { Calls } from "./talk/calls.ts";
import { ChimeTone } from "./talk/chime-choice.ts";
import { DoorSound, type SoundDrivers } from "./talk/door-sound.ts";
import { Replies } from "./talk/replies.ts";
import { mayHear } from "./talk/state.ts";
import type { Change } from "./store/change.ts";
import type { Swept } from "./store/sweep.ts";
import { Store } from "./store/store.ts";
import { PageSubscribers } from "./subscribers.ts";
import { viewerIdsOf } from "../household/household.ts";
import { Audience } from "./told/audience.ts";
import { Channels, channelsOf, hostsOf } from "./told/channels.ts";
import type { NamedCertificate } from "./tls/named.ts";
import { houseFacts } from "./told/facts.ts";
import { AlertPictures } from "./told/alert-pictures.ts";
import { HouseSnooze } from "./told/house-snooze.ts";
import type { HeldFile } from "./told/held-file.ts";
import type { RulesBook } from "./told/rules-book.ts";
import { Switches } from "./told/switches.ts";
import { Teller } from "./told/teller.ts";

export interface Plan {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly drivers: SensorDrivers;
  readonly sounds: SoundDrivers;
  readonly paths: DataPaths;
  readonly people: People;
  readonly policies: PolicyBook;
  readonly consent: ConsentFiles;
  readonly rules: RulesBook;
  readonly named: NamedCertificate | null;
  readonly heldFile: HeldFile;
  readonly drawnZones: DrawnZones;
}

export interface Built extends Parts {
  readonly metrics: Metrics;
  readonly feed: StatusFeed;
  /** null = the settings name nobody who could be told. */
  readonly teller: Teller | null;
}

/** A question whose failure is shown elsewhere (the store's own fault). */
function orNull<T>(ask: () => T | null): T | null {
  try {
    return ask();
  } catch {
    return null; // the index is away; its fault is on the status page
  }
}

function clipsOf(changes: readonly Change[]): string[] {
  const ids = changes.flatMap((change) => {
    if (change.type === "event" || change.type === "gap") return [];
    return [change.type === "clip" ? change.clip.id : change.clip];
  });
  return [...new Set(ids)];
}

export function buildParts(plan: Plan): Built {
  const {
    settings,
    clock,
    log,
    drivers,
    sounds,
    paths,
    people,
    policies,
    consent,
    rules,
    heldFile,
    drawnZones,
  } = plan;
  const pages = new PageSubscribers();
  const metrics = new Metrics();
  const feed = new StatusFeed(clock, () => built);
  const onChange = (): void => {
    feed.changed();
    teller?.changed();
    rtsp.look();
  };

  const store = new Store({
    paths,
    clock,
    onCommitted: (changes) => {
      for (const id of clipsOf(changes)) {
        const clip = orNull<Clip>(() => store.clip(id));
        if (clip !== null) pages.tell({ type: "clip", clip });
      }
      // only now: a page that hears of a thumbnail asks for it at once
      for (const change of changes) if (change.type === "clip-thumbnail") book.thumbnail(change.clip);
    },
    onFault: (fault) => storeFault(fault),
    onOpened: (opened) => {
      if (opened.movedTo !== null) log.warn({ movedTo: opened.movedTo }, "the index was damaged; rebuilt it");
      log.info(opened, "index agrees with the files");
      if (!gapTold) tellGap(opened.lastSeenWallMs);
      onChange();
    },
  });
  /** The signed policy may say less than the settings, never more. */
  const retentionHours = (): number =>
    Math.min(settings.storage.retentionHours, policies.policy?.retentionHours ?? Infinity);
  const storeFault = (fault: Fault | null): void => {
    if (fault === null) log.info("the store works again");
    else log.error(faultFields(fault), "the store cannot write");
    if (fault === null) void janitor.sweep();
    else if (isDiskFull(fault)) void janitor.makeRoom(0);
    onChange();
  };

  const book = new EventBook({
    clock,
    ringMs: settings.recording.postRollMs,
    tell: (event: Event, fresh: boolean) => {
      pages.tell({ type: "event", event, fresh });
      audience.event(event, fresh);
      rtsp.event(event, fresh);
    },
    keep: (event) => store.push({ type: "event", event }),
    isCertain: ({ label, score }) => score >= (drawnZones.thresholds[label] ?? 0),
    onSettled: (id) => audience.settled(id),
    find: (id) => orNull(() => store.event(id)),
  });

  const history = new History({
    paths,
    clock,
    device: people.device,
    onTold: (entry) => sightings.told(entry),
    detailsDays: settings.ledger.detailsDays,
    onChange: (fault) => {
      if (fault === null) log.info("the ledger works again");
      else log.error(faultFields(fault), "the ledger cannot be written: nothing is shown or sent");
      onChange();
    },
  });
  const views = new Views({ clock, append: (happened) => history.append(happened) });
  const gaps = new Gaps({ clock, note: (happened) => history.note(happened) });
  const blind = new BlindWatch({
    clock,
    sight: () => sightOf({ eye, store }),
    keep: (gap) => store.push({ type: "gap", gap }),
  });
  const sightings = new Sightings({ page: (query) => history.page(query) });
  let gapTold = false;
  /** Once, from the later of what ledger and index know. */
  const tellGap = (lastSeenWallMs: number | null): void => {
    gapTold = true;
    const last = Math.max(history.lastRunWallMs ?? -Infinity, lastSeenWallMs ?? -Infinity);
    gaps.keeperStarted(last === -Infinity ? null : last);
    if (last !== -Infinity) blind.wasOff(last);
  };
  const live = new LiveHub((on) => {
    eye.send({ type: "live", on });
    onChange();
  });
  const heat = new HeatHub((on) => {
    eye.send({ type: "heat", on });
    onChange();
  });
  const camera = new CameraFeed((asked) => eye.send({ type: "timings", ...asked }));
  const eye = new EyeLink({
    path: paths.eyeSocket,
    clock,
    book,
    live,
    heat,
    camera,
    keep: (change) => store.push(change),
    stateOfClip: (id) => orNull(() => store.clip(id))?.state ?? null,
    onDiskFull: (wantedBytes) => {
      log.warn({ wantedBytes }, "the disk is full");
      void janitor.makeRoom(wantedBytes);
    },
    stills: { handle: (answer) => stills.handle(answer), clear: () => stills.clear() },
    examinations: {
      handle: (answer) => examinations.handle(answer),
      clear: () => examinations.clear(),
    },
    journalFlush: {
      handle: (number) => journalFlush.handle(number),
      clear: () => journalFlush.clear(),
    },
    tell: (happened) => void history.note(happened),
    pir: () => sensors.pir.said,
    privacyHolds: () => privacy.holds,
    onClosedByWord: () => privacy.adopt(),
    alertPictures: { answer: (answer) => alertPictures.answer(answer) },
    onLook: (seen) => sensors.pir.look(seen),
    gaps,
    onChange,
  });
  const privacy = new PrivacyDesk({
    path: paths.privacy,
    clock,
    runningTime,
    clockTrusted: () => grants.clockTrusted,
    eyeFault: () => eye.closedFault,
    tellEye: (hold) => {
      if (hold) live.clear();
      eye.privacy(hold);
    },
    append: (happened) => history.append(happened),
    note: (happened) => history.note(happened),
    onChange,
  });
  const stills = new Stills({
    clock,
    isThere: () => eye.peer.connected,
    send: (message) => eye.send(message),
  });
  const examinations = new Examinations({
    clock,
    isThere: () => eye.peer.connected,
    send: (message) => eye.send(message),
  });
  const journalFlush = new JournalFlush({
    clock,
    isThere: () => eye.peer.connected,
    send: (message) => eye.send(message),
  });
  const { feedStore, house } = consent;
  // a leap ahead is believed by the gate after minutes, by what deletes after a day: requests run out as late as the later
  const clockTrusted = (): boolean => janitor.holdMs === 0 && grants.clockTrusted;
  const tell = (happened: Happened): Promise<unknown> => history.append(happened);
  const requestBook = new RequestBook({
    store: feedStore,
    house,
    clock,
    clockTrusted,
    mostShownPerDay: settings.consent.mostShownPerDay,
    isRecorded: (window) => orNull(() => store.spans(window).length > 0),
    tell,
    onChange,
  });
  const feedDesk = new FeedDesk({
    store: feedStore,
    book: requestBook,
    house,
    clock,
    clockTrusted,
    portal: settings.portal,
    send: (message) => courier.send(message),
    tell,
    onChange,
  });
  const grants = new Grants({
    paths,
    settings,
    clock,
    household: () => people.household.current,
    ledger: history,
    asked: askedOf(consent, requestBook),
    courier: {
      get connected() {
        return courier.peer.connected;
      },
      send: (message) => courier.sendNow(message),
      sendChunk: (chunk) => courier.sendChunk(chunk),
    },
    onChange,
    onFault: (fault) => {
      if (fault === null) log.info("grants can be read");
      else log.error(faultFields(fault), "grants cannot be read: nothing is sent");
    },
  });
  const outside = new OutsideCalls({
    clock,
    isThere: () => courier.peer.connected,
    send: (message) => courier.sendNow(message),
  });
  const phones = new PhoneBook({
    files: diskFiles(paths.push),
    clock,
    belongs: (phone) => people.household.fault !== null || hasPerson(phone),
    onChanged: () => phoneDesk.changed(),
  });
  const hasPerson = ({ person, signKey }: Phone): boolean =>
    people.household.personWith(signKey)?.id === person;
  const forgetPhones = (fits: (phone: Phone) => boolean): void =>
    void phones.remove(fits).catch((error: unknown) => {
      log.warn(
        faultFields(toFault(error)),
        "browsers that are told no more still stand in the file: tried again",
      );
    });
  const phoneDesk = new PhoneDesk({
    clock,
    book: phones,
    isThere: () => courier.peer.connected,
    send: (message) => courier.sendNow(message),
    onGone: (phone) => {
      const detail = `${phone.label} is told no more: its push service does not know it any more`;
      void history.note({ who: null, what: "phone-removed", detail });
      forgetPhones(({ id }) => id === phone.id);
    },
  });
  const courier = new CourierLink({
    path: paths.courierSocket,
    clock,
    feed: feedDesk,
    grants,
    outside,
    phones: phoneDesk,
    told: {
      greet: () => teller?.greet(),
      done: ({ alert, channel, taken }) => {
        channels.done(channel, taken);
        const event = teller?.done(alert, channel) ?? null;
        if (event !== null) alertPictures.told(event, { channel, taken });
      },
    },
    switches: { handle: (said) => switches.handle(said) },
    alertPictures: {
      done: (done) => alertPictures.done(done),
      courierLeft: () => alertPictures.courierLeft(),
    },
    onChange,
  });

  const rtsp = new RtspLink({
    path: paths.rtspSocket,
    enabled: settings.rtsp.enabled,
    clock,
    live,
    views,
    door: () => rtspDoor({ settings, policies, eye, people, privacy }),
    onChange,
  });

  const motionDays = new MotionDays(paths.motion, settings.motion.journalDays);
  const janitor = new Janitor({
    settings: settings.storage,
    retentionHours,
    folder: paths.root,
    clock,
    store,
    motion: motionDays,
    onDeleting: (clips) => history.note(deletedWords(clips)),
    onSwept: (swept) => tellSwept(swept),
    onFreed: (freeBytes) => eye.send({ type: "disk-freed", freeBytes }),
  });
  const tellSwept = (swept: Swept): void => {
    if (swept.holdMs === 0) void history.eraseOld();
    if (swept.clips.length + swept.events.length === 0) return;
    log.info({ clips: swept.clips.length, events: swept.events.length }, "deleted by the retention rules");
    for (const id of swept.events) pages.tell({ type: "event-deleted", id });
    for (const id of swept.bereft) {
      const event = orNull(() => store.event(id));
      if (event !== null) pages.tell({ type: "event", event, fresh: false });
    }
    onChange();
  };

  const doorSound = new DoorSound({ drivers: sounds, onChange });
  const chimeTone = new ChimeTone(paths.talk);
  const speakerDriver = {
    open: async () => speakerChime({ speaker: () => doorSound.speaker, tone: () => chimeTone.pcm }),
  };
  const { host } = settings.web;
  const calls = new Calls({
    clock,
    enabled: settings.talk.enabled,
    bindAddress: callAddress(host),
    live,
    door: doorSound,
    mayHear: () => mayHear({ policies, privacy, eye }),
    append: (happened) => history.append(happened),
    onEnded: (id, why) => pages.tell({ type: "call-ended", id, why }),
    onChange,
  });

  const doorbell = new Doorbell({
    cooldownMs: settings.button.cooldownMs,
    book,
    record: (event) => eye.record(event),
    chime: () => sensors.sound(),
  });
  const sensors = new Sensors({
    settings,
    clock,
    drivers: settings.chime.driver === "speaker" ? { ...drivers, chime: speakerDriver } : drivers,
    onPress: (press) => {
      doorbell.handlePress(press);
      metrics.pressed(clock.monoMs() - press.monoMs);
      onChange();
    },
    onPir: () => {
      eye.tellPir();
      onChange();
    },
    onPirTrouble: (fault) => {
      if (fault === null) log.info("the motion sensor behaves again");
      else log.warn(faultFields(fault), "the motion sensor is not trusted: the picture alone decides");
    },
    onChange,
  });

  people.household.onChanged(() => {
    eye.send({ type: "household-changed" });
    grants.look();
    forgetPhones((phone) => !hasPerson(phone));
  });
  people.sessions.onSignedOut((ended) => forgetPhones(phonesOf(ended, people.sessions)));

  const selftestShelf = new SelftestShelf(paths.selftest, diskFiles(paths.selftest));
  const machine = linuxMachine({ entry: process.argv[1] ?? "", env: process.env });
  const ways = channelsOf(settings);
  const channels = new Channels(clock);
  const audience = new Audience({
    clock,
    rules,
    heldFile,
    zones: () => drawnZones.names,
    persons: () => viewerIdsOf(people.household.current),
    hasPhone: (person) => phones.phones.some((phone) => phone.person === person),
    houseKinds: ways.some((way) => way !== "mqtt") ? settings.alerts.kinds : [],
    actionOn: (kind, event) => drawnZones.actionOn(kind, event),
    hasModel: () => eye.status?.what?.state === "ready",
    patienceMs: settings.alerts.patienceMs,
    tell: (event, tellings) => {
      teller?.event(event, tellings);
      if (tellings.some(({ house }) => house)) alertPictures.event(event);
    },
    tellDigest: (whom, digest) => teller?.digest(digest, whom),
    onChange: () => pages.tell({ type: "alerts", what: "told" }),
  });
  rules.onChanged(() => {
    pages.tell({ type: "alerts", what: "rules" });
    teller?.changed();
    audience.look();
  });
  const teller =
    ways.length === 0 && settings.alerts.pushHosts.length === 0
      ? null
      : new Teller({
          clock,
          channels: ways,
          phones: (persons) =>
            phones.phones.filter(({ person }) => persons.includes(person)).map(({ id }) => id),
          send: (message) => courier.sendNow(message),
          celsius: () => hottest(machine),
          facts: (also) => houseFacts(built, also),
        });
  const houseSnooze = new HouseSnooze({ clock, rules, note: (happened) => history.note(happened) });
  const alertPictures = new AlertPictures({
    clock,
    hosts: hostsOf(settings),
    policy: () => policies.policy,
    closed: () => privacy.state.closed || eye.status?.mask.guard?.state === "tripped",
    sight: () => `${policies.policy?.version ?? 0} ${privacy.changes}`,
    askEye: (wanted) => eye.send(wanted),
    isCourierThere: () => courier.peer.connected,
    send: (picture) => courier.sendNow(picture),
    append: (happened) => history.append(happened),
    note: (happened) => history.note(happened),
  });
  const switches = new Switches({ settings: settings.mqtt, clock, privacy, snooze: houseSnooze });
  const built: Built = {
    settings,
    clock,
    startedWallMs: Math.round(clock.wallMs()),
    startedMonoMs: clock.monoMs(),
    store,
    book,
    doorbell,
    sensors,
    camera,
    eye,
    courier,
    rtsp,
    live,
    heat,
    pages,
    janitor,
    motionDays,
    people,
    history,
    views,
    gaps,
    blind,
    sightings,
    policies,
    privacy,
    stills,
    consent,
    requestBook,
    feedDesk,
    grants,
    calibration: new CalibrationDesk(clock),
    journalFlush,
    examinations,
    outside,
    problems: new ProblemLog(clock),
    phones,
    phoneDesk,
    named: plan.named,
    walks: new Walks(diskFiles(paths.walks)),
    selftest: new SelftestDesk({
      settings,
      clock,
      sensors,
      examinations,
      outside,
      processes: () =>
        [eye.peer, courier.peer, rtsp.peer].flatMap((peer) =>
          peer.connected ? [{ name: peer.status.name, sill: peer.sill }] : [],
        ),
      machine,
      shelf: selftestShelf,
    }),
    selftestShelf,
    doorSound,
    calls,
    replies: new Replies(paths.talk, clock),
    chimeTone,
    control: { in: 0, out: 0, dropped: 0 },
    metrics,
    feed,
    teller,
    rules,
    drawnZones,
    houseSnooze,
    alertPictures,
    switches,
    audience,
    channels,
  };
  return built;
}
