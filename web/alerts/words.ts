/**
 * Words of the page of alerts, in English; part of words.ts.
 */
export const alertsWords = {
  loading: "Asking the doorbell",
  damaged: "Everything is told until you choose again.",

  line: {
    title: "Alerts",
    on: "Alerts are on",
    snooze: "Snooze 1 h",
    end: "End",
    open: "Choose what you are told",
    you: "You",
    house: "The house's phones",
    both: "You and the house's phones",
  },

  silence: {
    snoozed: (who: string, until: string | null) =>
      until === null ? `${who}: snoozed until somebody ends it` : `${who}: snoozed until ${until}`,
    quiet: (who: string, until: string | null) =>
      until === null ? `${who}: always quiet hours` : `${who}: quiet hours until ${until}`,
    by: (name: string | null) => (name === null ? "by another system of the house" : `by ${name}`),
    ring: "rings are told",
  },

  snooze: {
    title: "Snooze",
    note: "Nothing is told for a while. The page itself still shows and sounds everything while it is open.",
    lengths: {
      "15m": "15 minutes",
      "1h": "1 hour",
      morning: "Until 7 in the morning",
      open: "Until I end it",
    },
    ring: "Rings are told all the same",
    forYou: "For you",
    forHouse: "For the house's phones and programs",
    end: "End the snooze",
    none: "not snoozed",
  },

  own: {
    title: "What you are told",
    note: "For the browsers and phones on which you let this page tell you.",
  },
  house: {
    title: "The house's phones and programs",
    note: "ntfy and webhook, as the settings name them. The rules below hold for both; home systems at the broker have their own.",
    readOnly: "Owners choose what they are told.",
    nobody:
      "None is set. docs/alerts.md says how to tell a phone by ntfy, a program of yours, or Home Assistant.",
  },

  rules: {
    kinds: "Tell of",
    kind: {
      ring: "Rings",
      person: "Persons",
      waiting: "Somebody is at the door and has not rung",
      "parcel-left": "A parcel was left",
      "parcel-taken": "A parcel was taken",
      vehicle: "Vehicles",
      animal: "Animals",
      crossed: "Somebody came in over the property line",
      loitering: "Somebody stays and does not ring",
      motion: "Movement of which the doorbell cannot tell what it is",
      other: "Movement that it takes for nothing that matters: trees, shadows, light",
    },
    kindsNote:
      "Of one movement you are told once. What happens in it takes the place of that message. While no model looks (page Health), who asks for persons, vehicles or animals is told that something moves.",
    notInSettings: "not in alerts.kinds of the settings",
    zones: "Movement counts",
    everywhere: "everywhere",
    zoneNote: "Choose zones, and only movement in these is told.",
    zoneGone: "not drawn any more",
    quiet: "Quiet hours",
    noQuiet: "None: you are told around the clock.",
    add: "Add quiet hours",
    remove: (name: string) => `Remove quiet hours ${name}`,
    window: (number: number) => `Quiet hours ${number}`,
    from: "From",
    to: "To",
    nextDay: "Until the next day.",
    days: {
      sun: "Sunday",
      mon: "Monday",
      tue: "Tuesday",
      wed: "Wednesday",
      thu: "Thursday",
      fri: "Friday",
      sat: "Saturday",
    },
    daysNote: "Days on which they begin",
    zone: (name: string) => `Times are those of ${name}.`,
    takeZone: (name: string) => `Take those of ${name}`,
    ringThrough: "Rings are told in quiet hours too",
    digest: "Tell me afterwards what was held, in one message",
    save: "Save",
    saved: "Saved. It holds from now on.",
    flaws: {
      "no-day": "Choose at least one day for each of the quiet hours, or remove them.",
      "no-time": "Say from when to when each of the quiet hours lasts.",
    },
  },

  channels: {
    names: { mqtt: "Home systems (MQTT)", ntfy: "Phone (ntfy)", webhook: "Program (webhook)" },
    off: "not set",
    taken: (when: string) => `last alert arrived ${when}`,
    dropped: (when: string) => `one was given up ${when}`,
    nothing: "nothing told since the doorbell was started",
    failing: "does not get through",
    fine: "set",
  },

  told: {
    title: "Told lately",
    note: "The last fifty, since the doorbell was started: what was told, what was not, and why.",
    none: "Nothing has happened yet.",
    kind: {
      ring: "Ring",
      motion: "Movement",
      person: "Person",
      vehicle: "Vehicle",
      animal: "Animal",
      other: "Nothing that matters",
      crossed: "Came in over the line",
      loitering: "Stays and does not ring",
      waiting: "At the door, has not rung",
      "parcel-left": "Parcel left",
      "parcel-taken": "Parcel taken",
    },
    where: (what: string, zones: string) => `${what}: ${zones}`,
    digest: (counts: string) => `Afterwards: ${counts}`,
    held: (count: number) => `${count} waiting to be told`,
    you: "You",
    house: "House",
    now: "told",
    later: {
      quiet: "waits: quiet hours",
      snooze: "waits: snoozed",
      flood: "waits: many at once",
    },
    never: {
      kind: "not chosen",
      zone: "another zone",
      rule: "only recorded there",
      quiet: "quiet hours",
      snooze: "snoozed",
      phone: "no phone or browser",
    },
  },
};
