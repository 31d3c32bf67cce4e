import type { Cluster } from '../cluster/cluster';
import type { FieldPath } from '../finding/origin';
import { bitsOf, type Cidr } from '../values/cidr';
import type { IpAddress } from '../values/ip';
import type { Fabric } from './fabric';

/** Who gets addresses of a range. */
export type RangeOwner = 'pods' | 'services' | 'nodes' | 'peers';

/** A range that belongs to one kind of end. */
export interface OwnedRange {
  readonly owner: RangeOwner;
  /** What it is called, e.g. `podCidr`, `node cp-1`. */
  readonly of: string;
  readonly cidr: Cidr;
  /** Where the profile says it; absent where a manifest does. */
  readonly field?: FieldPath;
}

/** All ranges that the profile, its plugin and Node manifests tell: those that hold others first, those of manifests last. */
export function declaredRanges({ profile, nodes }: Cluster, { podRanges = [] }: Fabric): readonly OwnedRange[] {
  const { podCidr, serviceCidr, nodeCidr, peerCidr } = profile.written;
  return [
    ...podCidr.map((range): OwnedRange => ({ owner: 'pods', of: 'podCidr', ...range })),
    ...podRanges.map((range): OwnedRange => ({ owner: 'pods', of: 'pod range of the network plugin', ...range })),
    ...serviceCidr.map((range): OwnedRange => ({ owner: 'services', of: 'serviceCidr', ...range })),
    ...nodeCidr.map((range): OwnedRange => ({ owner: 'nodes', of: 'nodeCidr', ...range })),
    ...peerCidr.map((range): OwnedRange => ({ owner: 'peers', of: 'peerCidr', ...range })),
    ...profile.nodes.flatMap(({ name, subnet }, i) =>
      subnet.toCidrs().map((cidr): OwnedRange => {
        return { owner: 'nodes', of: `subnet of nodes ${name}`, cidr, field: ['nodes', i, 'subnet'] };
      }),
    ),
    ...profile.nodes.flatMap(({ name, addresses }, i) =>
      addresses.flatMap((node, j) =>
        node.map((address): OwnedRange => {
          return {
            owner: 'nodes',
            of: `a node of ${name}`,
            cidr: single(address),
            field: ['nodes', i, 'addresses', j],
          };
        }),
      ),
    ),
    ...nodes.flatMap(({ name, addresses, podCidrs }) => [
      ...addresses.map((address): OwnedRange => ({ owner: 'nodes', of: `node ${name}`, cidr: single(address) })),
      ...podCidrs.toCidrs().map((cidr): OwnedRange => ({ owner: 'pods', of: `pods of node ${name}`, cidr })),
    ]),
  ];
}

function single({ family, value }: IpAddress): Cidr {
  return { family, base: value, prefix: bitsOf(family) };
}
