/** Signal: sends one to a process that must be there; to none it would reach the whole group of the test. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) throw new Error("there is no such process");
  process.kill(pid, name);
}
