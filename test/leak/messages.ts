/**
 * Messages: every message of every schema, and each place in it that could hold a picture.
 *
 * What stands here was looked at: `name` and `version` are our own; a fault is a sentence of ours with
 * the offending word; `zones` are an owner's names; ids and hashes are made by us. All of it is the
 * same with the canary and without it (core.test.ts). `age` and `picture` alone hold pictures: sealed, and opened in
 * daemon.test.ts. A new message, or a new place in one, is not here and fails the build.
 */
const fault = (at: string): string[] => [`${at}.kind`, `${at}.message`, `${at}.hint`];

export const messageHunts: Readonly<Record<string, readonly string[]>> = {
  "eye -> keeper: hello": [],
  "eye -> keeper: eye-status": [
    "camera.name",
    ...fault("camera.fault"),
    "encoder",
    ...fault("mask.fault"),
    ...fault("mask.closed.fault"),
    ...fault("household.fault"),
    ...fault("motion.fault"),
    ...fault("motion.journal.fault"),
    // words about a model's file and process
    ...fault("what.fault"),
    "stages[].name",
    "stages[].lastError",
  ],
  "eye -> keeper: event-opened": ["zones[]"],
  "eye -> keeper: event-closed": ["zones[]"],
  "eye -> keeper: event-zones": ["zones[]"],
  "eye -> keeper: event-what": [],
  "eye -> keeper: clip-opened": ["events[*]", "codec"],
  "eye -> keeper: clip-event": [],
  "eye -> keeper: clip-fragment": [],
  "eye -> keeper: clip-thumbnail": [],
  "eye -> keeper: clip-picture": [],
  "eye -> keeper: clip-closed": [],
  "eye -> keeper: disk-full": [],
  "eye -> keeper: policy-applied": [],
  "eye -> keeper: live-over": [],
  "eye -> keeper: frame-timings": [],
  // sealed; opened in commands.ts (sill hal pictures)
  "eye -> keeper: frame-picture": ["age"],
  "eye -> keeper: still-made": ["age"],
  "eye -> keeper: still-refused": fault("fault"),
  // the one picture that is not sealed; decoded and searched in alert-picture.test.ts
  "eye -> keeper: picture-made": ["jpeg"],
  "eye -> keeper: picture-refused": fault("fault"),
  "eye -> keeper: journal-flushed": [],
  // figures; `name` and the fault of the mask are words of ours; `picture` is sealed, and opened in examine.test.ts
  "eye -> keeper: examined": ["report.name", "report.mask.fault", "report.picture", ...fault("fault")],
  "keeper -> eye: record": [],
  "keeper -> eye: live": [],
  "keeper -> eye: heat": [],
  "keeper -> eye: timings": [],
  "keeper -> eye: journal-flush": [],
  "keeper -> eye: policy-changed": [],
  "keeper -> eye: household-changed": [],
  "keeper -> eye: zones-changed": [],
  "keeper -> eye: privacy": [],
  "keeper -> eye: picture-wanted": [],
  // an owner's signed words, which the eye checks
  "keeper -> eye: still": ["request?"],
  "keeper -> eye: examine": [],
  "keeper -> eye: pir": [],
  "keeper -> eye: disk-freed": [],
  "courier -> keeper: hello": [],
  "courier -> keeper: courier-status": ["stages[].name", "stages[].lastError", ...fault("mqtt.fault")],
  // public text of a portal, which the courier never read before
  "courier -> keeper: feed-checkpoint": ["text"],
  "courier -> keeper: feed-bundle": ["bytes"],
  "courier -> keeper: happened-done": [],
  "courier -> keeper: switch": [],
  "courier -> keeper: picture-done": fault("fault"),
  "courier -> keeper: phone-gone": [],
  "courier -> keeper: phone-state": fault("fault"),
  "courier -> keeper: phone-tested": fault("fault"),
  "courier -> keeper: feed-end": [],
  "courier -> keeper: feed-failed": fault("fault"),
  "courier -> keeper: chunk-asked": [],
  "courier -> keeper: parcel-state": ["location", ...fault("fault")],
  // a recipient's signed words, which the keeper checks
  "courier -> keeper: dock-answer": ["envelope?", ...fault("fault")],
  // names of hosts of the settings, and words of ours
  "courier -> keeper: reached": ["hosts[].host", ...fault("hosts[].fault")],
  "keeper -> courier: reach": [],
  "keeper -> courier: feed-from": [],
  // addresses; the pictures themselves are sealed chunks (daemon/wire/chunk.ts), each in a signed manifest
  "keeper -> courier: parcel-send": ["deliverTo", "location"],
  "keeper -> courier: parcel-stop": ["deliverTo", "location"],
  "keeper -> courier: dock-ask": ["deliverTo"],
  "keeper -> courier: dock-tell": ["deliverTo", "envelope?"],
  "keeper -> courier: chunk-refused": [],
  "keeper -> courier: happened": [],
  // the same bytes, once an owner has signed for the channel and the ledger has their hash
  "keeper -> courier: picture-send": ["jpeg"],
  "keeper -> courier: digest": [],
  // addresses at push services and keys, as browsers gave them
  "keeper -> courier: phones": ["key.publicKey", "phones[].endpoint", "phones[].p256dh"],
  "keeper -> courier: phone-test": [],
  // the page's own address, and at most 8 sentences of ours of 200 characters
  "keeper -> courier: facts": ["page", "problems[]"],
  "rtsp -> keeper: hello": [],
  "rtsp -> keeper: view-begin": [],
  "rtsp -> keeper: view-end": [],
  "rtsp -> keeper: rtsp-status": ["stages[].name", "stages[].lastError", ...fault("fault")],
  "keeper -> rtsp: rtsp-door": ["why"],
  "keeper -> rtsp: view-noted": [],
  "keeper -> rtsp: view-refused": fault("fault"),
  "keeper -> rtsp: views-over": [],
  "keeper -> rtsp: rtsp-happened": [],
  "keeper -> page: hello": ["version"],
  "keeper -> page: alerts": [],
  "keeper -> page: event": [
    "event.id",
    "event.zones[*]",
    "event.zones[]",
    "event.clip",
    "event.what[*]",
    "event.whatScores[*]",
    "event.happenings[*]",
  ],
  "keeper -> page: event-deleted": ["id"],
  "keeper -> page: clip": ["clip.id", "clip.codec", "clip.fragments[*]", "clip.fragments[].sha256"],
  "keeper -> page: call-heard": ["id"],
  "keeper -> page: call-ended": ["id"],
  "keeper -> page: status": [
    "status.version",
    "status.camera.name",
    ...fault("status.camera.fault"),
    ...fault("status.mask.fault"),
    ...fault("status.mask.closed.fault"),
    ...fault("status.motion.fault"),
    ...fault("status.motion.journal.fault"),
    "status.recording",
    ...fault("status.what.fault"),
    "status.encoder",
    "status.processes[*]",
    "status.sensors[*]",
    "status.sensors[].name",
    ...fault("status.sensors[].fault"),
    ...fault("status.storage.fault"),
    ...fault("status.ledger.fault"),
    ...fault("status.clock"),
    "status.stages[*]",
    "status.stages[].name",
    "status.stages[].lastError",
    // a person's name
    "status.privacy.name",
    ...fault("status.privacy.fault"),
    ...fault("status.mqtt.fault"),
    "status.rtsp.why",
    ...fault("status.rtsp.fault"),
  ],
  // names of lines: label of a chip and offset
  "keeper -> command: line": ["name"],
  "keeper -> command: camera": [],
  "keeper -> command: frames": [],
  // sealed by the eye
  "keeper -> command: picture": ["age"],
  "keeper -> command: lost": ["message"],
  "keeper -> command: missed": [],
  "keeper -> command: moved": [],
  "keeper -> command: dropped": [],
  "keeper -> command: selftest-begun": ["checks[].title"],
  "keeper -> command: check-begun": [],
  "keeper -> command: check-asks": ["request"],
  // sentences of ours with figures in them; a waveform is when a line changed
  "keeper -> command: check-done": ["check.title", "check.seen", "check.advice", "check.waveform.edges[*]"],
  "keeper -> command: selftest-done": [
    "report.board",
    "report.checks[].title",
    "report.checks[].seen",
    "report.checks[].advice",
    "report.checks[].waveform.edges[*]",
    // sealed by the eye
    "picture",
    "notKept",
  ],
  "keeper -> command: done": [],
  "keeper -> command: fault": ["message", "hint"],
};

/**
 * Binary messages, eye -> keeper -> page: pictures, decoded and searched in core.test.ts and daemon.test.ts.
 * Heat (daemon/wire/heat.ts) is the other one: levels, the same with the canary and without it (core.test.ts),
 * none where it is masked (huntHeat).
 */
export const liveHunts: readonly string[] = ["init", "key", "delta"];
