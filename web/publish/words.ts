/**
 * Words of the page where ways out of the house are opened and closed, in English; part of words.ts.
 */
export const publishWords = {
  loading: "Asking the doorbell",
  noLine: "There is no property line yet, so there is nothing to give out. Draw it first.",
  drawLine: "Draw the line",
  tripped: "The line has to be confirmed first: the camera may have been moved.",
  ways: {
    audio: {
      name: "Sound while talking",
      what: "While somebody of the house talks to the door, they hear it. A tone at the door says so. Sound is never recorded.",
    },
    rtsp: {
      name: "Live picture for home systems",
      what: "Whoever has the password of RTSP gets the masked live picture: a recorder or home system in your network. What it records there is sealed to nobody, kept as long as it likes, and beyond what Sill can protect.",
    },
    ntfy: {
      name: "A picture with each ntfy alert",
      what: "One small masked picture goes to the ntfy server with the words. It can be read there. Each one stands in the ledger.",
    },
    webhook: {
      name: "A picture with each webhook",
      what: "One small masked picture goes to the address of your webhook. Each one stands in the ledger.",
    },
  },
  everybody:
    "Everybody who lives here can see in the history what you allow. The sign for passers-by says it too.",
  print: "Print the sign again",
  sign: "Sign and save",
};
