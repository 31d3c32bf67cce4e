import type { NetworkPolicyPeer } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { byCodeUnit } from '../model/values/by-code-unit';
import { CidrSet, formatCidr, parseCidr } from '../model/values/cidr-set';
import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';
import { endpointsOf } from './promised-ends';

/** Whom a rule has to name for an end outside the cluster. */
export interface OutsidePeer {
  /** For the name of a policy. */
  readonly name: string;
  readonly blocks: readonly (NetworkPolicyPeer & { readonly type: 'ipBlock' })[];
  /** In a program. */
  readonly code: string;
}

/** The end outside that a promise speaks of; `undefined` where it speaks of none, or of several. */
export function outsidePeerOf(intent: Intent, network: Network): OutsidePeer | undefined {
  const outside = endpointsOf(intent).flatMap((ref) => peerOf(wholeOf(ref), network) ?? []);
  return outside.length === 1 ? outside[0] : undefined;
}

function wholeOf(ref: EndpointRef): EndpointRef {
  return ref.kind === 'port' ? wholeOf(ref.of) : ref;
}

function peerOf(ref: EndpointRef, network: Network): OutsidePeer | undefined {
  switch (ref.kind) {
    case 'internet':
      return { name: 'internet', blocks: everywhere(network), code: 'internet' };
    case 'external':
      return {
        name: ref.host.replaceAll('.', '-'),
        ...(ref.cidrs ? listed(ref.cidrs) : { blocks: everywhere(network), code: 'internet' }),
      };
    case 'addresses':
      return { name: 'addresses', ...listed(ref.cidrs) };
    default:
      return undefined;
  }
}

function listed(cidrs: readonly string[]) {
  return { blocks: cidrs.map((cidr) => blockOf(cidr)), code: `cidr(${cidrs.map((each) => `'${each}'`).join(', ')})` };
}

/** NP-15: what is the cluster's own is no part of it; of a family without ranges of its own the cluster has nothing. */
function everywhere({ cluster: { profile } }: Network) {
  const inside = [profile.podCidr, profile.serviceCidr, profile.nodeCidr].flatMap((ranges) =>
    ranges.toCidrs().map(formatCidr),
  );
  const own = (family: 4 | 6) => [...new Set(inside.filter((cidr) => familyOf(cidr) === family))].sort(byCodeUnit);
  const v6 = own(6);
  return [blockOf('0.0.0.0/0', own(4)), ...(v6.length > 0 ? [blockOf('::/0', v6)] : [])];
}

function familyOf(text: string): number | undefined {
  const parsed = parseCidr(text);
  return parsed.ok ? parsed.cidr.family : undefined;
}

function blockOf(cidr: string, except: readonly string[] = []) {
  const addresses = CidrSet.parse(cidr).minus(CidrSet.parse(...except));
  return { type: 'ipBlock' as const, cidr, except, addresses };
}

/** The blocks in lines of YAML, with the field that they stand in. */
export function blocksYaml(side: 'to' | 'from', { blocks }: OutsidePeer): readonly string[] {
  return [
    `${side}:`,
    ...blocks.map(
      ({ cidr, except }) =>
        `  - ipBlock: { cidr: ${yamlCidr(cidr)}${except.length > 0 ? `, except: [${except.map(yamlCidr).join(', ')}]` : ''} }`,
    ),
  ];
}

/** A colon would make a map of it. */
function yamlCidr(cidr: string): string {
  return cidr.includes(':') ? `'${cidr}'` : cidr;
}
