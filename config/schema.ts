/**
 * Settings: every word Sill can be told, with its type, range, unit, default and one sentence.
 *
 * This file is the single place. The example file (config/example.yaml) and the reference page
 * (docs/settings.md) are generated from it and `npm run check` fails when they drift.
 * Unknown keys are errors. Units end names. The privacy mask is not here: it is a policy
 * (daemon/policy/policy.ts), because it must be signed and this file must not.
 *
 * A setting `a.bC` is also read from the environment as SILL_A_B_C and from the command line as
 * `--a.bC`; `web.port` and `data` have the short names SILL_PORT and SILL_DATA.
 */
import { z } from "zod";
import { simFaults } from "../hal/sim/fault/list.ts";
import { airChoices, pirChoices, visitorChoices } from "../hal/sim/porch/settings.ts";
import { troubleChoices } from "../hal/sim/porch/trouble/list.ts";
import { turns, wholeView } from "../hal/view.ts";

const whole = (min: number, max: number) => z.int().min(min).max(max);

/** One line of free text; empty = not said. */
const upTo = (max: number) => z.string().trim().max(max).default("");

/** Empty = none. Unencrypted only to this machine. */
const webAddress = upTo(200).refine(
  (url) => url === "" || /^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))/u.test(url),
  "an address that begins with https://",
);

/** Empty = none. Unencrypted to an address of the home network only, which is looked at when it is called. */
const homeOrSecure = upTo(300).refine(
  (url) => url === "" || (/^https?:\/\/[^@#]+$/u.test(url) && URL.canParse(url)),
  "an address that begins with https:// (http:// in the home network), without a name or password",
);

/** A name or an address, with a port where it is not the usual one. */
const hostName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(
    (host) => URL.parse(`https://${host}`)?.host === host.replace(/:443$/u, ""),
    "a host, or host:port",
  );

/** A host as above; "*." in front stands for one label. */
const pushHost = z
  .string()
  .trim()
  .max(200)
  .refine((host) => {
    const plain = host.replace(/^\*\./u, "");
    return /^[^*]*\.[^*]*$/u.test(plain) && URL.parse(`https://${plain}`)?.host === plain;
  }, "a host, host:port, or *.host");
/** Something that hears or sounds; empty = nothing. */
const soundDevice = z
  .string()
  .trim()
  .regex(
    /^(?:|sim|(?:alsa|pulse)(?::[\w:=,.-]{1,100})?)$/u,
    "sim, alsa, pulse, or one of those with a device, e.g. alsa:plughw:1",
  );

/** MQTT topic without wildcards. */
const topicName = z
  .string()
  .regex(/^[\w-]+(?:\/[\w-]+)*$/u, "letters, digits, _ and -, parted by /")
  .max(80);

const fraction = z.number().min(0).max(1);
const polygon = z
  .array(z.tuple([fraction, fraction]))
  .min(3)
  .max(256);

/** GPIO line: the chip by its label, so that a kernel that renumbers chips changes nothing. */
const gpioLine = {
  chip: z
    .string()
    .default("auto")
    .describe(
      "Label of the GPIO chip, e.g. pinctrl-rp1 (Pi 5), pinctrl-bcm2711 (Pi 4); auto tries the Pi chips",
    ),
  activeLow: z.boolean().default(false).describe("Active when the line is pulled to ground"),
};

/** How PIR and picture count together (daemon/sight/fusion.ts). */
const fuse = z.enum(["picture", "either", "both", "pir-wakes-picture", "picture-vetoes-pir"]);

const zone = z.strictObject({
  name: z.string().min(1).max(40).describe("Name shown with the event"),
  polygon: polygon.describe("Corners in fractions of the picture, 3 to 256 points"),
  sensitivity: whole(0, 100).optional().describe("0 to 100; absent = motion.sensitivity"),
  fuse: fuse
    .optional()
    .describe(
      "How PIR and picture count together here; absent = motion.fuse. picture where the PIR cannot see",
    ),
});

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "a time of day like 22:00");

const rule = z
  .strictObject({
    zone: z.string().min(1).max(40).optional().describe("Only in the zone of this name"),
    light: z.enum(["bright", "dark", "infrared"]).optional().describe("Only in this light"),
    from: timeOfDay.optional().describe("Only from this local time of day on, e.g. 22:00"),
    to: timeOfDay.optional().describe("The first minute after that; may be the next day's"),
    sensitivity: whole(0, 100).describe("0 to 100"),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), "from and to go together");

export const settingsSchema = z.strictObject({
  data: z.string().min(1).default("./data").describe("Folder of clips, index and policy"),

  run: upTo(80).describe(
    "Folder of the sockets by which the processes speak, gone after a restart; empty = run/ in the data folder",
  ),

  memory: upTo(200).describe(
    "Folder of what the eye remembers of household, line and scene, for it alone; empty = eye/ in the data folder",
  ),

  web: z
    .strictObject({
      host: z
        .string()
        .min(1)
        .default("127.0.0.1")
        .describe("Address to listen on; 0.0.0.0 opens the page to the home network"),
      port: whole(0, 65535).default(8460).describe("Port of the page and API; 0 picks a free one"),
      metricsToken: z
        .string()
        .max(200)
        .refine((token) => token === "" || token.length >= 16, "at least 16 letters, or empty")
        .default("")
        .describe("With it, programs may read /metrics as `Authorization: Bearer TOKEN`; empty = nobody may"),
      certificateFile: upTo(400).describe(
        "PEM file of a certificate that browsers trust, for a name of yours; who comes by address gets the doorbell's own",
      ),
      keyFile: upTo(400).describe("PEM file with its key, readable by the keeper's user"),
    })
    .refine(
      ({ certificateFile, keyFile }) => (certificateFile === "") === (keyFile === ""),
      "web.certificateFile and web.keyFile go together",
    )
    .prefault({}),

  log: z
    .strictObject({
      level: z
        .enum(["debug", "info", "warn", "error", "silent"])
        .default("info")
        .describe("Least severe line that is logged"),
    })
    .prefault({}),

  camera: z
    .strictObject({
      driver: z
        .enum(["sim", "gst", "replay"])
        .default("sim")
        .describe(
          "sim = the simulated porch, gst = a real camera, replay = a video file, or the timings in a hardware trace",
        ),
      source: z
        .string()
        .default("auto")
        .describe(
          "gst: auto, libcamera, /dev/videoN or a name under /dev/v4l/by-id, rtsp://...; replay: path of a video file or of a .trace.jsonl",
        ),
      width: whole(160, 3840).default(1280).describe("Picture width in pixels"),
      height: whole(120, 2160).default(720).describe("Picture height in pixels"),
      fps: whole(1, 60).default(15).describe("Frames per second"),
      stallMs: whole(500, 60_000).default(4_000).describe("No frame for this long = the camera has stalled"),
      rotate: z
        .literal(turns)
        .default(0)
        .describe(
          "Degrees by which the picture is turned clockwise, for a camera mounted on its side or head",
        ),
      crop: z
        .tuple([fraction, fraction, fraction, fraction])
        .refine(([x, y, w, h]) => w > 0 && h > 0 && x + w <= 1 && y + h <= 1, "is no part of the picture")
        .default([...wholeView.crop])
        .describe(
          "Part of the picture that is used, before it is turned: left, top, width, height, each 0 to 1",
        ),
      infrared: z
        .boolean()
        .default(false)
        .describe(
          "It has a lamp of infrared light and turns grey in the dark; the self-test asks whether it does",
        ),
      sleep: z
        .boolean()
        .default(false)
        .describe(
          "Saves power: the camera is off until the PIR, a press or a viewer wakes it; no pre-roll then",
        ),
      awakeMs: whole(5_000, 3_600_000)
        .default(20_000)
        .describe("With camera.sleep: how long nothing must have happened before the camera sleeps again"),
      loop: z.boolean().default(true).describe("replay: start again at the end of the file"),
    })
    .prefault({}),

  sim: z
    .strictObject({
      seed: whole(0, 4_294_967_295).default(1).describe("Same seed = same porch, byte for byte"),
      light: z
        .enum(["auto", "day", "dusk", "night"])
        .default("auto")
        .describe("auto goes through a whole day in 20 minutes"),
      rain: z.enum(["auto", "off", "on"]).default("auto").describe("Rain on the porch"),
      visitorsPerHour: whole(0, 240).default(40).describe("How many visitors walk up in an hour"),
      visitor: z
        .enum(visitorChoices)
        .default("plain")
        .describe("How visitors behave: plain = callers and deliveries, any = every kind by turns"),
      trouble: z
        .enum(troubleChoices)
        .default("none")
        .describe("What disturbs the picture, to see what motion detection makes of it; all = one by one"),
      fault: z
        .enum(simFaults)
        .default("none")
        .describe("What is broken, to see what the self-test says of it"),
      pir: z
        .enum(pirChoices)
        .default("plain")
        .describe(
          "plain = sees every body that is near; honest = misses and false edges as of a real sensor",
        ),
      air: z
        .enum(airChoices)
        .default("auto")
        .describe("How warm it is, for the honest PIR: hot air hides people; auto = by the day"),
      stamp: z
        .boolean()
        .default(false)
        .describe("Paints a machine-readable clock into the picture, to measure delay"),
      canary: z
        .boolean()
        .default(false)
        .describe("Paints a loud pattern over all that the privacy mask must destroy, to hunt for leaks"),
    })
    .prefault({}),

  button: z
    .strictObject({
      driver: z.enum(["sim", "gpio", "replay", "none"]).default("sim").describe("Where presses come from"),
      ...gpioLine,
      line: whole(0, 511).default(17).describe("Line offset on the chip"),
      debounceMs: whole(0, 1_000).default(20).describe("Edges closer than this are one press"),
      cooldownMs: whole(0, 60_000)
        .default(3_000)
        .describe("A second press within this time is counted but neither rings nor chimes again"),
    })
    .prefault({}),

  pir: z
    .strictObject({
      driver: z.enum(["sim", "gpio", "replay", "none"]).default("sim").describe("Where PIR edges come from"),
      ...gpioLine,
      line: whole(0, 511).default(27).describe("Line offset on the chip"),
      debounceMs: whole(0, 5_000).default(50).describe("Edges closer than this are ignored"),
      warmUpMs: whole(0, 300_000)
        .default(30_000)
        .describe("Edges this soon after start are counted but not used"),
    })
    .prefault({}),

  chime: z
    .strictObject({
      driver: z
        .enum(["sim", "gpio", "speaker", "none"])
        .default("sim")
        .describe("What sounds on a ring; speaker = a tone through talk.speaker, chosen on the page"),
      ...gpioLine,
      line: whole(0, 511).default(22).describe("Line offset on the chip"),
      soundMs: whole(50, 10_000).default(600).describe("How long the line is held active"),
    })
    .prefault({}),

  light: z
    .strictObject({
      driver: z.enum(["sim", "gpio", "none"]).default("sim").describe("The status light"),
      ...gpioLine,
      line: whole(0, 511).default(23).describe("Line offset on the chip"),
    })
    .prefault({}),

  motion: z
    .strictObject({
      sensitivity: whole(0, 100)
        .default(50)
        .describe("0 = nothing fires, 100 = the least change fires; used where a zone has none of its own"),
      fuse: fuse
        .default("picture")
        .describe(
          "What counts as motion: picture alone, either, both, pir-wakes-picture or picture-vetoes-pir (docs/fusion.md)",
        ),
      pirWindowMs: whole(0, 60_000)
        .default(1_000)
        .describe(
          "The PIR still counts so long after its output fell; more for a sensor with a short hold time",
        ),
      zones: z
        .array(zone)
        .max(16)
        .default([])
        .describe("Where motion counts; none = everywhere inside the property line"),
      rules: z
        .array(rule)
        .max(16)
        .default([])
        .describe("Another sensitivity at some times or in some light; the first that holds counts"),
      journalDays: whole(0, 30)
        .default(7)
        .describe("How long the motion journal is kept (levels per cell, no picture); 0 = none is kept"),
      journalMbPerDay: whole(1, 1_000)
        .default(40)
        .describe("The motion journal of one day; a day that would need more has a gap"),
    })
    .superRefine(({ zones, rules }, context) => {
      // where none is drawn there is one (daemon/sight/rules.ts)
      const names = zones.length === 0 ? ["everywhere"] : zones.map(({ name }) => name);
      for (const [i, { zone: name }] of rules.entries())
        if (name !== undefined && !names.includes(name))
          context.addIssue({
            code: "custom",
            path: ["rules", i, "zone"],
            params: { allowed: `the name of a zone: ${names.join(", ")}` },
          });
    })
    .prefault({}),

  what: z
    .strictObject({
      model: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, "sill, off, or the name of a model: small letters, digits and -")
        .default("sill")
        .describe(
          "Which model says what moved: sill = the one that comes with Sill, off = none, or one of `sill models list`",
        ),
      everyMs: whole(100, 10_000)
        .default(300)
        .describe("While something moves the model is shown a frame at most so often"),
      timeoutMs: whole(100, 60_000)
        .default(3_000)
        .describe("A model that takes longer for one picture is ended and started again"),
      memoryMb: whole(96, 4_096)
        .default(256)
        .describe("The model's process may use so much memory; what takes more is ended and started again"),
      threads: whole(1, 4)
        .default(1)
        .describe(
          "Processor cores that the model may use at once; one leaves the others to picture and recording",
        ),
      waitS: whole(0, 600)
        .default(8)
        .describe("A person at the door for so long who has not rung is told as waiting; 0 = never"),
      loiterS: whole(0, 3_600)
        .default(60)
        .describe("A person who stays for so long without ringing is told as loitering; 0 = never"),
      ignoredHours: whole(1, 720)
        .default(24)
        .describe(
          "Events in which everything is ruled `ignore`, and their recordings, are deleted when they are older than this; never later than others",
        ),
    })
    .prefault({}),

  recording: z
    .strictObject({
      bitrateKbps: whole(100, 20_000)
        .default(2_000)
        .describe("Bits per second of the recorded and live picture, in thousands"),
      preRollMs: whole(0, 30_000).default(5_000).describe("How much of the time before an event is kept"),
      preRollMaxBytes: whole(65_536, 268_435_456)
        .default(16_777_216)
        .describe("Upper bound of the pre-roll in memory"),
      postRollMs: whole(0, 60_000)
        .default(6_000)
        .describe("How long recording goes on after the last movement or press"),
      cooldownMs: whole(0, 600_000)
        .default(0)
        .describe("A motion event and its recording go on so much longer, for motion that begins again"),
      maxClipMs: whole(5_000, 600_000).default(120_000).describe("A longer recording goes on in a new clip"),
    })
    .prefault({}),

  storage: z
    .strictObject({
      retentionHours: whole(1, 720)
        .default(72)
        .describe("Clips and events older than this are deleted; at most 30 days"),
      budgetMb: whole(16, 4_194_304)
        .default(8_192)
        .describe("All clips together; the oldest are deleted first"),
      minFreeMb: whole(0, 1_048_576)
        .default(256)
        .describe("Free space that clips never use up; the oldest are deleted first"),
    })
    .prefault({}),

  selftest: z
    .strictObject({
      microphone: soundDevice
        .default("")
        .describe(
          "What listens to the chime during a self-test, as loudness alone: sim, alsa, alsa:hw:1, pulse; empty = nothing",
        ),
    })
    .prefault({}),

  talk: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe("Owners and members may answer the door from the page; false = no call, no UDP port"),
      speaker: soundDevice
        .default("sim")
        .describe("What sounds at the door: sim, alsa, alsa:plughw:1, pulse; empty = nothing"),
      microphone: soundDevice
        .default("sim")
        .describe(
          "What hears the door during a call, if the privacy policy allows it: sim, alsa, alsa:plughw:1, pulse; empty = nothing",
        ),
    })
    .prefault({}),

  portal: z
    .strictObject({
      url: webAddress.describe(
        "Where requests are published, https://...; empty = none are fetched and nothing is sent to any",
      ),
      logKey: upTo(300).describe("The portal's log key as it publishes it: NAME+HASH+KEY"),
      registrarKey: upTo(43).describe("The key that vouches for agencies there, base64url"),
      docks: z
        .array(hostName)
        .max(16)
        .default([])
        .describe(
          "Other hosts to which a granted clip may be sent, e.g. dock.example.org or dock.example.org:8443",
        ),
      pollMinutes: whole(1, 1_440)
        .default(60)
        .describe("How often the public log is fetched; the same for every doorbell, whatever it holds"),
    })
    .prefault({}),

  consent: z
    .strictObject({
      coolingOffS: whole(0, 86_400)
        .default(60)
        .describe("Nothing leaves for so long after an owner has signed; until then it can be cancelled"),
      mostShownPerDay: whole(1, 100)
        .default(3)
        .describe("Requests that are told one by one in a day; more of them come as one digest"),
    })
    .prefault({}),

  ledger: z
    .strictObject({
      detailsDays: whole(30, 3_650)
        .default(365)
        .describe(
          "How long the ledger keeps who and what; afterwards an entry says only what kind of thing happened, and when",
        ),
    })
    .prefault({}),

  archive: z
    .strictObject({
      to: z
        .string()
        .trim()
        .max(300)
        .refine((to) => to === "" || /^(?:https?|file):\/\//u.test(to), "https://, http:// or file:///")
        .default("")
        .describe("The owner's own archive: a tus server, or file:///path of a folder; empty = none"),
    })
    .prefault({}),

  alerts: z
    .strictObject({
      ntfyUrl: homeOrSecure.describe(
        "Topic at an ntfy server, e.g. https://ntfy.sh/a-long-random-name: rings on phones, in words; empty = none",
      ),
      ntfyTokenFile: upTo(400).describe("File with an access token for it, readable by the courier's user"),
      webhookUrl: homeOrSecure.describe("Address that is sent each alert as JSON, signed; empty = none"),
      webhookSecretFile: upTo(400).describe(
        "File with the secret that signs them, readable by the courier's user",
      ),
      kinds: z
        .array(
          z.enum([
            "ring",
            "motion",
            "person",
            "vehicle",
            "animal",
            "other",
            "crossed",
            "loitering",
            "waiting",
            "parcel-left",
            "parcel-taken",
          ]),
        )
        .min(1)
        .default(["ring"])
        .describe(
          "What ntfy and webhook are told of; motion without any of the words behind it = whatever moves; for their own browsers people choose on the page",
        ),
      patienceMs: whole(0, 10_000)
        .default(1_500)
        .describe(
          "How long an alert about movement waits for the word of what moves, where a model looks; a ring never waits",
        ),
      pushHosts: z
        .array(pushHost)
        .max(16)
        .default([
          "fcm.googleapis.com",
          "updates.push.services.mozilla.com",
          "web.push.apple.com",
          "*.notify.windows.com",
        ])
        .describe(
          "Push services of browsers that may be called once somebody there asked to be told; *. = one label more; [] = none",
        ),
      pushContact: upTo(200)
        .refine(
          (contact) => contact === "" || /^(?:mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/u.test(contact),
          "mailto:NAME@HOST or an address that begins with https://",
        )
        .describe("Whom a push service may write to about this doorbell; empty = nobody"),
    })
    .prefault({}),

  mqtt: z
    .strictObject({
      url: upTo(200)
        .refine(
          (url) =>
            url === "" ||
            (URL.canParse(url) &&
              /^mqtts?:\/\/(?:[^/?#@:[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/iu.test(url)),
          "mqtt://host:port or mqtts://host:port, without a name or password",
        )
        .describe("The broker of the house, mqtt://... (home network only) or mqtts://...; empty = none"),
      username: upTo(200).describe("Name at the broker; empty = none"),
      passwordFile: upTo(400).describe(
        "File with the password, readable by the courier's user; empty = none",
      ),
      caFile: upTo(400).describe(
        "PEM file of who signed the broker's certificate; empty = the usual authorities",
      ),
      switches: z
        .array(z.enum(["privacy", "snooze"]))
        .max(2)
        .default([])
        .describe(
          "What whoever may write to the broker may switch: privacy closes the camera's sight, snooze silences ntfy and webhook",
        ),
      name: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .default("Doorbell")
        .describe("What Home Assistant calls the doorbell until somebody renames it there"),
      topic: topicName.default("sill").describe("First word of the doorbell's topics"),
      discovery: topicName
        .default("homeassistant")
        .describe("Where Home Assistant looks for devices; its discovery prefix"),
    })
    .prefault({}),

  rtsp: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe(
          "Give the masked picture to systems of the house as RTSP and ONVIF; the owner's signed policy must allow it too",
        ),
      host: z
        .string()
        .trim()
        .min(1)
        .default("127.0.0.1")
        .describe("Address to listen on; 0.0.0.0 = the home network"),
      streamPort: whole(0, 65_535).default(8_554).describe("TCP port of RTSP; 0 = any free one"),
      user: z
        .string()
        .regex(/^[\w.-]{1,40}$/u, "up to 40 letters, digits, dots, - and _")
        .default("sill")
        .describe("Name that clients sign in with"),
      passwordFile: upTo(400).describe(
        "File with their password, at least 12 characters, readable by the user of the RTSP process",
      ),
      onvif: z.boolean().default(true).describe("Speak ONVIF too: find out, snapshot, ring and motion"),
      onvifPort: whole(0, 65_535).default(8_000).describe("TCP port of ONVIF; 0 = any free one"),
      discovery: z
        .boolean()
        .default(false)
        .describe("Answer when systems of the home network look for cameras (WS-Discovery, UDP 3702)"),
    })
    .prefault({}),

  notice: z
    .strictObject({
      controller: upTo(80).describe("Who is responsible for the camera, on the sign for passers-by"),
      contact: upTo(120).describe("How to reach them: telephone, e-mail or post"),
      purpose: upTo(200).describe("What the camera is for, in the words of the one who is responsible"),
      url: upTo(300).describe(
        "Web address that the sign's QR code opens, https:// or http://; empty = this doorbell's own",
      ),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type Zone = Settings["motion"]["zones"][number];
