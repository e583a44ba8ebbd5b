/** Turns live in daemon/files, for whoever keeps something there. */
export { Turns } from "../files/turns.ts";
