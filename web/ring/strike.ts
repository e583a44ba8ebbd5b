/**
 * Strike: one struck note, a sine and its overtone, fading like a bar of a chime.
 */
export function strike(context: AudioContext, hertz: number, atS: number): void {
  for (const [ratio, loud] of [
    [1, 0.32],
    [2.76, 0.08],
  ] as const) {
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, atS);
    gain.gain.linearRampToValueAtTime(loud, atS + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0001, atS + 1.6 / ratio);
    const note = context.createOscillator();
    note.frequency.value = hertz * ratio;
    note.connect(gain).connect(context.destination);
    note.start(atS);
    note.stop(atS + 1.7);
  }
}
