import type { Fields } from '../profile-fields';
import { demand, objectName } from './calico-fields';

export const ENCAPSULATIONS = ['IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet', 'None'] as const;
const USES = ['Workload', 'Tunnel', 'LoadBalancer'] as const;
const KEYS = [
  'name',
  'cidr',
  'encapsulation',
  'blockSize',
  'natOutgoing',
  'nodeSelector',
  'disabled',
  'allowedUses',
] as const;

/** How packets between nodes are wrapped; with `CrossSubnet` only those that go through a router. */
export type CalicoEncapsulation = (typeof ENCAPSULATIONS)[number];

/** The length of each block: one for IPv4, or one for each family. */
export type CalicoBlockSizeSpec = number | { readonly ipv4?: number; readonly ipv6?: number };

/** A range that Calico gives addresses from. */
export interface CalicoPoolSpec {
  /** Of the IPPool. @default - as the operator names it: `default-ipv4-ippool`, or after its range */
  readonly name?: string;
  readonly cidr: string;
  /** @default - the one of all pools */
  readonly encapsulation?: CalicoEncapsulation;
  /** @default - the one of all pools */
  readonly blockSize?: number;
  /** @default - the one of all pools */
  readonly natOutgoing?: boolean;
  /** On which nodes pods get addresses of it, in Calico's selectors, e.g. `zone == 'a'`. @default 'all()' */
  readonly nodeSelector?: string;
  /** Nobody gets an address of it any more; what goes there is still not masqueraded. @default false */
  readonly disabled?: boolean;
  /** @default ['Workload', 'Tunnel'] */
  readonly allowedUses?: readonly (typeof USES)[number][];
}

/** Reads the `pools` of Calico. */
export function parseCalicoPools(plugin: Fields): readonly CalicoPoolSpec[] | undefined {
  const given = plugin.raw('pools');
  if (given === undefined) return undefined;
  if (Array.isArray(given) && given.length === 0) {
    plugin.refuse('pools', 'this is no pool', 'a pool at least, or no `pools` for those of `podCidr`');
  }
  return plugin.maps('pools', KEYS).flatMap((fields) => {
    demand(fields, 'cidr', 'the range of the pool');
    const cidr = fields.cidr('cidr');
    const options = {
      name: objectName(fields),
      encapsulation: fields.choice('encapsulation', ENCAPSULATIONS),
      blockSize: fields.integer('blockSize', 0, 128),
      natOutgoing: fields.flag('natOutgoing'),
      nodeSelector: fields.text('nodeSelector'),
      disabled: fields.flag('disabled'),
      allowedUses: fields.choices('allowedUses', USES),
    };
    return cidr === undefined ? [] : [{ ...options, cidr }];
  });
}

/** Reads the `blockSize` of all pools; which sizes Calico takes is told with what is wrong of the network. */
export function parseCalicoBlockSize(plugin: Fields): CalicoBlockSizeSpec | undefined {
  const value = plugin.raw('blockSize');
  if (value === null || typeof value !== 'object') return plugin.integer('blockSize', 0, 128);
  const families = plugin.map('blockSize', ['ipv4', 'ipv6']);
  return families && { ipv4: families.integer('ipv4', 0, 32), ipv6: families.integer('ipv6', 0, 128) };
}
