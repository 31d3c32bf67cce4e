import type { Network } from '../../lib/model/network';
import type { Connection } from '../../lib/model/reach/connection';
import { type Family, familyOf, toNumber } from '../naive/address';
import { type ClusterDescription, clusterPoliciesOf, type DeclaredPod, podsOf } from '../naive/cluster';
import type { Protocol } from '../naive/manifests';

/** Where the map of all connections and the walk of one flow differ. */
export interface MapDisagreement {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** Every family that both ends have, where none is named. */
  readonly family?: Family;
  readonly map: string;
  readonly walk: string;
}

const OUTSIDE = { 4: ['203.0.113.5', '203.0.113.70', '10.9.9.9'], 6: ['2001:db8::5', '2001:db8:1::5', 'fd00:99::1'] };
const PORTS = [1, 53, 54, 80, 81, 8080];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** The first pair of which the map says what walks don't, in one family or in all; counts the verdicts that agree. */
export function mapDisagreementOf(
  network: Network,
  cluster: ClusterDescription,
  count: (verdicts: number) => void = () => {},
): MapDisagreement | undefined {
  for (const family of [...cluster.families, undefined]) {
    const { connections, unknown } = network.map(family && [family]);
    const [certain, uncertain] = [[...connections], [...unknown]];
    for (const [from, to] of pairsOf(cluster, family)) {
      const between = ({ src, dst }: Connection) => covers(src, from) && covers(dst, to);
      const [allowed, open] = [certain.filter(between), uncertain.filter(between)];
      for (const protocol of PROTOCOLS) {
        for (const port of PORTS) {
          const has = (list: readonly Connection[]) => list.some(({ traffic }) => traffic.hasPort(protocol, port));
          const map = has(allowed) ? 'allowed' : has(open) ? 'unknown' : 'denied';
          const walk = network.reach({ from, to, protocol, port, family, by: 'podIP' }).outcome;
          if (map !== walk && !(map === 'unknown' && mayDenyOwnNode(cluster))) {
            return { from, to, protocol, port, family, map, walk };
          }
        }
      }
      count(PROTOCOLS.length * PORTS.length);
    }
  }
  return undefined;
}

/** All that the map tells: different workloads that have addresses of these families, and addresses outside. */
function pairsOf(cluster: ClusterDescription, family: Family | undefined): [string, string][] {
  const families = family === undefined ? cluster.families : [family];
  const has = ({ addresses }: DeclaredPod) => addresses === undefined || families.every((each) => addresses[each]);
  const pods = new Map(
    podsOf(cluster)
      .filter((pod) => !pod.finished && has(pod))
      .map((pod) => [pod.workload, pod]),
  );
  const ends: [string, DeclaredPod | undefined][] = [
    ...pods,
    ...families.flatMap((each) => OUTSIDE[each]).map((ip): [string, undefined] => [ip, undefined]),
  ];
  return ends.flatMap(([from, client]) =>
    ends
      .filter(([to, server]) => from !== to && (client ?? server) !== undefined)
      .map(([to]): [string, string] => [from, to]),
  );
}

/** Administrators' denials: the map leaves them open for a pod's own node, where a walk knows which traffic they mean (NP-30). */
function mayDenyOwnNode(cluster: ClusterDescription): boolean {
  return clusterPoliciesOf(cluster).length > 0 && podsOf(cluster).some(({ hostNetwork, node }) => hostNetwork && node);
}

/** Whether an end of the map is the workload, or holds the address. */
function covers(label: string, end: string): boolean {
  if (!label.endsWith('[External]') || end.includes('/')) {
    return label === end;
  }
  const [first, last = first] = label.replace('[External]', '').split('-');
  return familyOf(first) === familyOf(end) && toNumber(first) <= toNumber(end) && toNumber(end) <= toNumber(last);
}
