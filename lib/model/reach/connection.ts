import type { Doubt } from '../values/ternary';
import type { TrafficSet } from '../values/traffic-set';

/** Traffic that surely passes from one end to another. */
export interface Connection {
  readonly src: string;
  readonly dst: string;
  readonly traffic: TrafficSet;
}

/** Traffic of which nobody can know whether it passes, and why. */
export interface UnknownConnection extends Connection {
  readonly because: readonly Doubt[];
}

/** A map as it is listed: sorted, and spelt out on each iteration, for there may be millions. */
export interface Connections {
  readonly connections: Iterable<Connection>;
  readonly unknown: Iterable<UnknownConnection>;
}
