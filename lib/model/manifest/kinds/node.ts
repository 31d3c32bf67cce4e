import { CidrSet } from '../../values/cidr-set';
import type { IpAddress } from '../../values/ip';
import { address, cidr } from '../reader/network';
import { isObject } from '../reader/place';
import { list, optional, optionalText, part, type Reader } from '../reader/reader';
import { anything } from '../reader/scalars';
import type { Taint } from '../taints';
import { kind } from './kind';

/** An IP of the node; the list holds host names too. */
const nodeAddress: Reader<IpAddress | undefined> = (place) =>
  ['InternalIP', 'ExternalIP'].includes(String(place.at('type').value)) ? address(place.at('address')) : undefined;

const body = part({
  spec: optional(part({ taints: anything, podCIDRs: list(cidr), podCIDR: optionalText(cidr) })),
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
    taints: Array.isArray(spec?.taints) ? spec.taints.filter(isObject).map(taintOf) : [],
    podCidrs: CidrSet.of(...(spec?.podCIDRs ?? []), ...(spec?.podCIDR ? [spec.podCIDR] : [])),
  }),
});

/** What is of another type is the API server's to refuse. */
function taintOf({ key, value, effect }: Readonly<Record<string, unknown>>): Taint {
  return { key: textOf(key), value: textOf(value), effect: textOf(effect) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
