import type { NodeRole } from '../model/cluster/node-groups';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { Circumstances } from '../model/reach/flow';
import type { NodeLeadWay } from '../model/reach/node-lead-ways';
import type { End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { Door } from '../model/service/front-doors';
import type { NodeLead } from '../model/service/node-leads';
import { CidrSet } from '../model/values/cidr-set';
import type { Doubt } from '../model/values/ternary';
import type { TrafficSet } from '../model/values/traffic-set';

/** Such a way that is open, or may be. */
export interface LeadBreach {
  readonly via: 'podIP' | Door['via'];
  readonly pair: PairVerdict;
  /** Whose lead it is. */
  readonly service: ServiceResource;
  /** What it comes to. */
  readonly end: End;
}

type AddressEnd = Extract<End, { addresses: CidrSet }>;

/**
 * Through Services to ends that are no pods: nodes, what listens on them, and addresses outside. A Service sends to whatever
 * its slices list, and the node that forwards puts its own address in place of the client's (SVC-08, SVC-15, NP-39).
 */
export function nodeLeadBreaches(
  network: Network,
  from: End,
  to: AddressEnd,
  traffic: TrafficSet,
  circumstances: Circumstances,
): readonly LeadBreach[] {
  const ways = network.throughNodeLeads(from, {
    to: ({ backend, port, number }) =>
      traffic.hasPort(port.protocol, number) ? partLedTo(network, to, backend) : undefined,
    circumstances,
  });
  return breachesBy(ways).map((breach) => (isSure(to, breach.end) ? breach : doubted(breach)));
}

/** Those of the ways that are open, or may be. */
export function breachesBy(ways: readonly NodeLeadWay[]): readonly LeadBreach[] {
  return ways
    .filter(({ pair }) => pair.outcome !== 'denied')
    .map(({ via, pair, lead: { service }, to: end }) => ({
      via: via === 'ClusterIP' ? 'podIP' : via,
      pair,
      service,
      end,
    }));
}

/** What of an end a Service sends to; `undefined` where it is surely somebody else. */
export function partLedTo({ cluster }: Network, to: AddressEnd, backend: NodeLead['backend']): End | undefined {
  const { addresses } = cluster;
  if ('address' in backend) {
    if (!to.addresses.has(backend.address)) return undefined;
    const node = addresses.nodeAt(backend.address);
    if (isOther(to.guarded, node?.role)) return undefined;
    return { ...to, addresses: CidrSet.ofAddresses([backend.address]), node: node?.name ?? to.node };
  }
  const { pod } = backend;
  if (to.node === undefined) return undefined;
  if (pod.nodeName === undefined) return { pod };
  const isSame = to.node === '' || to.node === pod.nodeName;
  return isSame && !isOther(to.guarded, addresses.node(pod.nodeName)?.role) ? { pod } : undefined;
}

function isOther(one: NodeRole | undefined, other: NodeRole | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether who gets there gets to the promised end: some address of a range is enough, where that is what was promised. */
function isSure({ node, guarded, host }: AddressEnd, end: End): boolean {
  if ('pod' in end) return node !== undefined && node !== '' && end.pod.nodeName === node;
  if (host !== undefined) return false;
  return node !== '' || (guarded === undefined ? end.node !== '' : end.node !== '' && end.node !== undefined);
}

const NODES: Doubt = {
  rule: 'NET-01',
  wouldDecide: 'which node, or host, is at the address that the Service sends to: `nodes` in the cluster profile',
};

function doubted(breach: LeadBreach): LeadBreach {
  const { pair } = breach;
  return { ...breach, pair: { ...pair, outcome: 'unknown', doubts: [...pair.doubts, NODES] } };
}
