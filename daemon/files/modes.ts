/**
 * Modes: who else may read a file or folder that a process of the house makes.
 *
 * On a device the three processes are three users. What one of them must read of another's it
 * reads by the group that its folder hands down (scripts/package: `/var/lib/sill`); everything else
 * is private. `sill run` is one user and takes the group's bits away from all of them (umask 077).
 */

/** One user's own: keys, sessions, the index. */
export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Read by the group, written by its owner: the policy for the eye, a sealed clip for the keeper. */
export const readableFile = 0o640;
export const readableFolder = 0o750;

/** The group may also delete in it: the keeper ends the life of what the eye has written. */
export const sweptFolder = 0o770;
