/**
 * Topics: where a doorbell speaks at the broker. Pure.
 *
 *   <topic>/<device>/status   online, offline (retained, the broker's last word when the doorbell is gone)
 *   <topic>/<device>/state    how everything is, one JSON object (retained)
 *   <topic>/<device>/ring     a ring, never retained: who comes later must not hear it
 *   <topic>/<device>/motion   something began to move, never retained
 *   <discovery>/device/sill-<device>/config   what Home Assistant makes of it (retained)
 *   <discovery>/status        Home Assistant says online here when it starts
 */
export interface Topics {
  readonly status: string;
  readonly state: string;
  readonly ring: string;
  readonly motion: string;
  readonly config: string;
  readonly homeStatus: string;
}

export interface TopicRoots {
  readonly topic: string;
  readonly discovery: string;
}

export function topicsOf({ topic, discovery }: TopicRoots, device: string): Topics {
  const own = `${topic}/${device}`;
  return {
    status: `${own}/status`,
    state: `${own}/state`,
    ring: `${own}/ring`,
    motion: `${own}/motion`,
    config: `${discovery}/device/sill-${device}/config`,
    homeStatus: `${discovery}/status`,
  };
}
