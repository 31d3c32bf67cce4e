import type { PodGroup } from '../cluster/workload';
import { DNS_PORT } from '../dns/lookup';
import type { PolicyEngine } from '../policy/engine';
import { policyIsolations } from '../policy/subject-stages';
import { CidrSet } from '../values/cidr-set';
import { formatIp } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { trafficByPolicies } from './any-traffic';
import { type Dialled, type End, policyHops } from './policy-hops';
import { outcomeOf, type PolicyHop } from './verdict';

/** What the policies of the DNS pods make of what these need for themselves. */
export interface ServerNeeds {
  readonly decision: 'passes' | 'stops' | 'unknown';
  readonly ways: readonly PolicyHop[];
  readonly doubts?: readonly Doubt[];
}

const GRANTED: ServerNeeds = { decision: 'passes', ways: [] };
/** Where API servers listen: kubeadm's number, and that of most managed control planes. */
const API_PORTS: readonly number[] = [6443, 443];
/** SVC-26: what no endpoint may be, those of the API server included; administrators often shut the way to metadata there. */
const NO_ENDPOINTS = CidrSet.parse(
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '::/127',
  'fe80::/10',
  'ff00::/8',
);

const API_SERVER_DOUBT: Doubt = {
  rule: 'DNS-28',
  wouldDecide:
    'the addresses of the API server, which the DNS pods must reach: the EndpointSlice of Service default/kubernetes',
};
const UPSTREAM_DOUBT: Doubt = {
  rule: 'DNS-28',
  wouldDecide:
    'the addresses of the servers that the DNS pods pass other names on to: egress policies of theirs may decide',
};

/** DNS-28: without the API server a DNS pod knows no name of the cluster (NP-41: its address is not that of its Service). */
export function apiServerFrom(engine: PolicyEngine, servers: readonly PodGroup[]): ServerNeeds {
  const bound = servers.filter((pod) => isBound(engine, pod));
  if (bound.length === 0) return GRANTED;
  const ends = apiServers(engine);
  if (ends.length === 0) {
    const { outside } = engine.cluster;
    return fromAnywhere(engine, bound, 'TCP', API_PORTS, outside.minus(NO_ENDPOINTS), API_SERVER_DOUBT);
  }
  const ways = bound.flatMap((pod) => ends.map(({ end, dialled }) => policyHops(engine, { pod }, end, dialled)));
  const outcomes = new Set(ways.map(outcomeOf));
  if (outcomes.size === 1 && outcomes.has('allowed')) return GRANTED;
  const blocked = ways.find((way) => outcomeOf(way) !== 'allowed')!;
  const isCertain = outcomes.size === 1 && outcomes.has('denied');
  if (isCertain) return { decision: 'stops', ways: blocked };
  return { decision: 'unknown', ways: blocked, doubts: [API_SERVER_DOUBT] };
}

/** DNS-28: names outside the cluster are passed on to servers of which no manifest tells. */
export function upstreamFrom(engine: PolicyEngine, servers: readonly PodGroup[]): ServerNeeds {
  const bound = servers.filter((pod) => isBound(engine, pod));
  const needs = (['UDP', 'TCP'] as const).map((protocol) =>
    fromAnywhere(engine, bound, protocol, [DNS_PORT], engine.cluster.outside, UPSTREAM_DOUBT),
  );
  return needs.find(({ decision }) => decision !== 'passes') ?? GRANTED;
}

/** Whether any policy has a say in what the pod sends. */
function isBound(engine: PolicyEngine, pod: PodGroup): boolean {
  const own = engine.of('egress', pod);
  return own.rules.length > 0 || policyIsolations(own).length > 0;
}

/** Who is asked may be anywhere outside the cluster, or on its nodes. */
function fromAnywhere(
  engine: PolicyEngine,
  servers: readonly PodGroup[],
  protocol: 'TCP' | 'UDP',
  ports: readonly number[],
  outside: CidrSet,
  doubt: Doubt,
): ServerNeeds {
  const { profile } = engine.cluster;
  const to: readonly End[] = [
    { addresses: outside, label: 'any server outside the cluster' },
    { addresses: profile.nodeCidr, label: 'any node', node: '' },
  ];
  const isOpen = servers.every((pod) =>
    to.every((end) => {
      const mayDeny = trafficByPolicies(engine, { pod }, end)?.mayDeny;
      return mayDeny === undefined || ports.every((port) => !mayDeny.hasPort(protocol, port));
    }),
  );
  return isOpen ? GRANTED : { decision: 'unknown', ways: [], doubts: [doubt] };
}

/** NP-41: the endpoints of the API server's own Service, where a manifest has them. */
function apiServers({ cluster }: PolicyEngine): readonly { readonly end: End; readonly dialled: Dialled }[] {
  return cluster.slicesFor('default', 'kubernetes').flatMap(({ endpoints, ports }) =>
    endpoints.flatMap(({ addresses }) =>
      addresses.flatMap((address) =>
        ports.flatMap(({ port, protocol }) => {
          if (port === undefined) return [];
          const node = cluster.addresses.nodeAt(address)?.name;
          const end = {
            addresses: CidrSet.ofAddresses([address]),
            label: `the API server at ${formatIp(address)}`,
            node,
          };
          return [{ end, dialled: { protocol, port } }];
        }),
      ),
    ),
  );
}
