import type { FieldPath, Origin } from '../finding/origin';
import type { HttpSet } from '../values/http-set';
import type { Ternary } from '../values/ternary';
import type { TrafficSet } from '../values/traffic-set';
import type { EndpointSet } from './endpoint-set';

export type Direction = 'egress' | 'ingress';

/** Which object, which rule of it and which field said so. */
export interface RuleOrigin {
  /** E.g. `NetworkPolicy`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly direction: Direction;
  /** Position in the policy's own list; absent for what the policy does as a whole. */
  readonly index?: number;
  readonly field: FieldPath;
  readonly origin: Origin;
}

/** The rule as its policy's manifest has it, counted as fields are: `ingress[0]`; empty for what the policy does as a whole. */
export function ruleField({ direction, index }: Pick<RuleOrigin, 'direction' | 'index'>): string {
  return index === undefined ? '' : `${direction}[${index}]`;
}

/** What a rule asks for, in the policy's own words: for near misses. */
export interface RuleWants {
  readonly peer: string;
  readonly traffic: string;
}

/** One compiled rule; what it surely matches and what it may match. */
export interface Rule {
  readonly action: 'allow' | 'deny' | 'pass';
  readonly subject: Ternary<EndpointSet>;
  readonly peer: Ternary<EndpointSet>;
  readonly traffic: Ternary<TrafficSet>;
  /** Where a rule looks into requests: those it speaks of. Absent: all of them, and traffic that holds none. */
  readonly requests?: Ternary<HttpSet>;
  readonly origin: RuleOrigin;
  readonly wants: () => RuleWants;
}

/** Who is denied when no rule of the tier matches, and by whose doing. */
export interface Isolation {
  readonly subject: Ternary<EndpointSet>;
  readonly traffic: Ternary<TrafficSet>;
  readonly origin: RuleOrigin;
}

/** Rules of one priority. More than one lane: their order is undefined, so differing answers are unknown. */
export interface Rank {
  readonly lanes: readonly Lane[];
}

/** Rules in their order; a rank among them has lanes of its own. */
export type Lane = readonly (Rule | Rank)[];

/** First match wins; `pass` leaves the tier; what nothing decides is denied where isolated, else goes on. */
export interface Tier {
  readonly name: string;
  readonly ranks: readonly Rank[];
  readonly isolation: readonly Isolation[];
}

/** One place where packets are judged. What no tier decides is allowed. */
export interface Stage {
  readonly direction: Direction;
  readonly at: 'pod' | 'node' | 'proxy';
  readonly sees: 'before-translation' | 'after-translation';
  readonly exempt: readonly ('same-pod' | 'own-node-in' | 'own-node-out')[];
  readonly tiers: readonly Tier[];
  readonly refusal: 'drop' | 'reject' | 'reset' | 403 | 404;
}

/** Where a block asks to stand among others; the enforcer has the last word. */
export interface BlockOrder {
  /** Of the API that the policy belongs to, e.g. `Admin`, `NetworkPolicy`, or a Calico tier's own name. */
  readonly tier: string;
  /** Where the tier stands, for APIs whose tiers users make themselves. */
  readonly position?: number;
  /** Lower first. */
  readonly rank: number;
  /** Tells blocks of one rank apart, e.g. `shop/api`. */
  readonly tie: string;
  /** Blocks of one tier that name different series have no order among them, whatever their ranks. @default '' */
  readonly series?: string;
  /** Whether the API gives blocks of one rank an order by their tie, or leaves it open. */
  readonly ties: 'ordered' | 'open';
}

/** Of what the plugin's datapath carries for nobody: it comes before all policies, and no exemption from these opens it. */
export const DATAPATH_TIER = 'datapath';

/** What one policy object compiled to, before an enforcer gives it its place. */
export interface PolicyBlock {
  readonly direction: Direction;
  readonly order: BlockOrder;
  readonly rules: readonly Rule[];
  readonly isolation: readonly Isolation[];
}
