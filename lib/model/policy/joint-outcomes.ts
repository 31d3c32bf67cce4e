import { TrafficSet } from '../values/traffic-set';
import { eitherOf, FREE, inSeries, type Outcome, outcomeKey } from './outcome';

/** An outcome for each address family, `undefined` for a family that the pod has no address of. */
export type JointOutcome = readonly (Outcome | undefined)[];

/** An outcome of a pair, whatever family it connects by, and whether it lets anything of TCP, UDP or SCTP through. */
export interface PairOutcome extends Outcome {
  readonly opensPorts: boolean;
}

/** Joint outcomes by number, so that equal ones are one, and what two of them come to is worked out once. */
export class JointOutcomes {
  private readonly joint: JointOutcome[] = [];
  /** By number: whether anything of TCP, UDP or SCTP may pass. */
  private readonly open: boolean[] = [];
  private readonly ids = new Map<string, number>();
  private readonly pairs = new Map<number, PairOutcome | undefined>();
  private readonly distinctPairs = new Map<string, PairOutcome>();

  intern(outcome: JointOutcome): number {
    const key = outcome.map((o) => (o ? outcomeKey(o) : '-')).join('/');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.joint.push(outcome);
    this.open.push(outcome.some((o) => o?.mayAllow.intersects(TrafficSet.allPorts)));
    this.ids.set(key, this.joint.length - 1);
    return this.joint.length - 1;
  }

  /** Whether what is left by this alone may let anything of TCP, UDP or SCTP through. */
  opensPorts(id: number): boolean {
    return this.open[id];
  }

  /** Whether some of this traffic may pass, in any family. */
  mayPass(id: number, traffic: TrafficSet): boolean {
    return this.joint[id].some((outcome) => outcome?.mayAllow.intersects(traffic));
  }

  /** The same where all that is denied may pass for a reason of its own. */
  opened(id: number): number {
    return this.intern(this.joint[id].map((outcome) => outcome && { ...outcome, mayAllow: TrafficSet.all }));
  }

  /** The same families, with everything allowed. */
  freed(id: number): number {
    return this.intern(this.joint[id].map((outcome) => outcome && FREE));
  }

  /** What egress and ingress come to together; `undefined` where the two ends share no family. */
  inSeries(egress: number, ingress: number): PairOutcome | undefined {
    const key = egress * MOST + ingress;
    if (!this.pairs.has(key)) this.pairs.set(key, this.combine(this.joint[egress], this.joint[ingress]));
    return this.pairs.get(key);
  }

  private combine(egress: JointOutcome, ingress: JointOutcome): PairOutcome | undefined {
    const ways = egress.flatMap((leaving, f) => {
      const entering = ingress[f];
      return leaving && entering ? [inSeries(leaving, entering)] : [];
    });
    if (ways.length === 0) return undefined;
    const outcome = ways.reduce(eitherOf);
    const key = outcomeKey(outcome);
    const known = this.distinctPairs.get(key) ?? {
      ...outcome,
      opensPorts: outcome.mayAllow.intersects(TrafficSet.allPorts),
    };
    this.distinctPairs.set(key, known);
    return known;
  }
}

/** INVARIANT: two numbers fit into one exact double. */
const MOST = 2 ** 26;
