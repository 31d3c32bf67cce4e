import { CidrSet } from '../../values/cidr-set';
import type { IpAddress } from '../../values/ip';
import { address, cidr } from '../reader/network';
import { list, optional, optionalText, part, type Reader } from '../reader/reader';
import { kind } from './kind';

/** An IP of the node; the list holds host names too. */
const nodeAddress: Reader<IpAddress | undefined> = (place) =>
  ['InternalIP', 'ExternalIP'].includes(String(place.at('type').value)) ? address(place.at('address')) : undefined;

const body = part({
  spec: optional(part({ podCIDRs: list(cidr), podCIDR: optionalText(cidr) })),
  status: optional(part({ addresses: list(nodeAddress) })),
});

export const nodeKind = kind({
  kind: 'Node',
  apiVersions: ['v1'],
  namespaced: false,
  body,
  make: ({ spec, status }) => ({
    type: 'node',
    addresses: (status?.addresses ?? []).filter((found) => found !== undefined),
    podCidrs: CidrSet.of(...(spec?.podCIDRs ?? []), ...(spec?.podCIDR ? [spec.podCIDR] : [])),
  }),
});
