import type { Origin } from './origin';

/** An object, as messages name it; `namespace` is empty for cluster-wide ones. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An object, with the place in it that a lint about another one speaks of. */
export interface PlacedObject extends ObjectName {
  readonly origin: Origin;
}
