/**
 * Words of notifications, in English: a file of their own, because the service worker needs no others.
 */
const some = (count: number, word: string): string => (count === 1 ? `1 ${word}` : `${count} ${word}s`);

export const noteWords = {
  name: "Sill",
  something: "Something happened at the door.",
  ring: (time: string) => `Somebody rang at ${time}.`,
  motion: (time: string) => `Something moved at ${time}.`,
  motionIn: (zones: string, time: string) => `Something moved at ${time}: ${zones}.`,
  digest: (rings: number, movements: number, time: string) => {
    const counts = [
      ...(rings > 0 ? [some(rings, "ring")] : []),
      ...(movements > 0 ? [some(movements, "movement")] : []),
    ];
    return `${counts.join(" and ")} until ${time}.`;
  },
  test: (time: string) => `This is a test, sent at ${time}. A ring will look like this.`,
};
