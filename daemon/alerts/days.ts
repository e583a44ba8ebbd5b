/**
 * Days: of the week, by name. A file of its own, so that a page that asks for quiet hours loads no schemas.
 */

/** A number of a day is a place in this list; Sunday is 0. */
export const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type DayName = (typeof dayNames)[number];
