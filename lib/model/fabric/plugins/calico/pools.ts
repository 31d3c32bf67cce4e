import type { CalicoSpec } from '../../../cluster/cni/calico';
import type { CalicoEncapsulation, CalicoPoolSpec } from '../../../cluster/cni/calico-pool';
import type { ClusterProfile } from '../../../cluster/profile';
import type { FieldPath } from '../../../finding/origin';
import { type Cidr, parseCidr } from '../../../values/cidr';
import type { IpFamily } from '../../../values/ip';

/** What is true of pools that don't say their own, by family; disabled ones and those of load balancers have neither. */
export interface PoolDefaults {
  readonly encapsulation: CalicoEncapsulation;
  readonly blockSize: number;
  readonly natOutgoing: boolean;
}

/** A range from which Calico gives addresses, with all that is not said filled in. */
export interface CalicoPool extends PoolDefaults {
  readonly cidr: Cidr;
  /** As the user wrote it; absent where the profile's range of pods is the pool. */
  readonly spec?: CalicoPoolSpec;
  /** Whether pods get addresses of it. */
  readonly isForPods: boolean;
  /** Whether load balancers get addresses of it. */
  readonly isForLoadBalancers: boolean;
  /** What is to blame for its range, and for one of its options, wherever it is said. */
  readonly field: FieldPath;
  readonly fieldOf: (option: keyof PoolDefaults) => FieldPath;
}

/** The operator's own defaults (its IP pool controller), which are those of calico.yaml as well. */
const OPERATOR: Readonly<Record<IpFamily, PoolDefaults>> = {
  4: { encapsulation: 'IPIP', blockSize: 26, natOutgoing: true },
  6: { encapsulation: 'None', blockSize: 122, natOutgoing: false },
};

export function defaultsOf(family: IpFamily, spec: CalicoSpec): PoolDefaults {
  const { encapsulation, blockSize, natOutgoing } = OPERATOR[family];
  return {
    encapsulation: spec.encapsulation ?? encapsulation,
    blockSize: blockSizeOf(family, spec) ?? blockSize,
    natOutgoing: spec.natOutgoing ?? natOutgoing,
  };
}

/** The block size that the options say for all pools of a family: a number alone is for IPv4. */
export function blockSizeOf(family: IpFamily, { blockSize }: CalicoSpec): number | undefined {
  if (typeof blockSize === 'number') return family === 4 ? blockSize : undefined;
  return family === 4 ? blockSize?.ipv4 : blockSize?.ipv6;
}

/** The pools that the options say, else one for each range of pods, as the operator makes them from kubeadm's. */
export function poolsOf(spec: CalicoSpec, { written }: ClusterProfile): readonly CalicoPool[] {
  if (spec.pools) return spec.pools.map((pool, i) => declaredPool(pool, ['cni', 'pools', i], spec));
  return written.podCidr.map(({ cidr, field }) => ({
    ...defaultsOf(cidr.family, spec),
    cidr,
    isForPods: true,
    isForLoadBalancers: false,
    field,
    fieldOf: (option) => (spec[option] === undefined ? field : ['cni', option]),
  }));
}

function declaredPool(pool: CalicoPoolSpec, at: FieldPath, spec: CalicoSpec): CalicoPool {
  const cidr = cidrOf(pool.cidr);
  const { disabled = false, allowedUses = ['Workload'] } = pool;
  const isForPods = !disabled && allowedUses.includes('Workload');
  const common = defaultsOf(cidr.family, spec);
  const defaults = isForPods ? common : { ...common, encapsulation: 'None' as const, natOutgoing: false };
  return {
    cidr,
    spec: pool,
    encapsulation: pool.encapsulation ?? defaults.encapsulation,
    blockSize: pool.blockSize ?? defaults.blockSize,
    natOutgoing: pool.natOutgoing ?? defaults.natOutgoing,
    isForPods,
    isForLoadBalancers: allowedUses.includes('LoadBalancer'),
    field: [...at, 'cidr'],
    fieldOf: (option) => {
      if (pool[option] !== undefined) return [...at, option];
      return spec[option] === undefined ? [...at, 'cidr'] : ['cni', option];
    },
  };
}

/** INVARIANT: the text is a range: parsing the options has told it otherwise. */
export function cidrOf(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`'${text}' is not a CIDR: ${parsed.problem}`);
  return parsed.cidr;
}
