import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { formatIp } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { isWithin } from './name';
import { type Answer, type QueryType, unknownUpstream } from './record';
import { type Nameserver, type ResolvConf, resolvConfOf } from './resolv-conf';
import type { Ask, Candidate, Resolver } from './resolver';
import type { Zone } from './zone';

/** How the questions for a name are answered by the servers of a `resolv.conf`, for each resolver that may ask them. */
export function askersOf(
  name: string,
  types: readonly QueryType[],
  conf: ResolvConf,
  zone: Zone,
  cluster: Cluster,
): (resolver: Resolver) => Ask {
  const servers = conf.nameservers.map((nameserver) => whose(nameserver, cluster));
  const [first] = servers;
  const domain = cluster.profile.clusterDomain;
  const isInside = isWithin(name, domain);
  const answer = ({ name: asked, search }: Candidate, type: QueryType): Answer => {
    if (first === undefined) return openAnswer(NO_SERVER);
    if (first === 'node') return askNode(asked, domain);
    if (first !== 'cluster') return openAnswer(strangeServer(first));
    // A full name of the cluster with a foreign domain behind it is taken to be nowhere.
    const isForeign = isInside && search !== undefined && !isWithin(search, domain);
    return isForeign ? ABSENT : zone.answer(asked, type);
  };
  // INVARIANT: the search domain tells the candidates for one name apart. All resolvers are answered alike.
  const known = new Map<string | undefined, readonly Answer[]>();
  const ask: Ask = (candidate) => {
    const replies = known.get(candidate.search) ?? types.map((type) => answer(candidate, type));
    known.set(candidate.search, replies);
    return replies;
  };
  const isAlike = servers.every((server) => server === first);
  // musl asks all of them at once and takes what comes first; the others turn to the next only when one is silent.
  const isRace = (resolver: Resolver) => resolver === 'musl' || conf.options.includes('rotate');
  return (resolver) => (isAlike || !isRace(resolver) ? ask : () => types.map(() => openAnswer(SEVERAL_SERVERS)));
}

/** Whether a pod asks the cluster's DNS first, by its policy or by an address of its own (DNS-18, DNS-20). */
export function asksClusterDns(pod: PodGroup, cluster: Cluster): boolean {
  const { nameservers } = resolvConfOf({ ...pod, namespace: pod.namespace.name }, cluster.profile.clusterDomain);
  return nameservers.length > 0 && whose(nameservers[0], cluster) === 'cluster';
}

/** The Service's own address, or that of the cache on the node, is the cluster's DNS by another name (DNS-26, DNS-27). */
function whose(nameserver: Nameserver, cluster: Cluster): 'cluster' | 'node' | string {
  if (typeof nameserver === 'string') return nameserver;
  const { nodeLocal } = cluster.profile.dns;
  const service = cluster.servicesIn('kube-system').find(({ name }) => name === 'kube-dns');
  const own = [...(service?.clusterIps ?? []), ...(nodeLocal ? [nodeLocal] : [])].map(formatIp);
  return own.includes(nameserver.address) ? 'cluster' : nameserver.address;
}

/** DNS-19: the node's resolver does not know the cluster's names. */
function askNode(name: string, domain: string): Answer {
  return isWithin(name, domain) ? ABSENT : unknownUpstream(name, 'A');
}

function openAnswer(doubt: Doubt): Answer {
  return { rcode: 'unknown', answers: [], doubts: [doubt] };
}

const ABSENT: Answer = { rcode: 'NXDOMAIN', answers: [], doubts: [] };
const NO_SERVER: Doubt = { rule: 'DNS-20', wouldDecide: 'a nameserver in the dnsConfig of the pod' };

const SEVERAL_SERVERS: Doubt = {
  rule: 'DNS-21',
  wouldDecide: 'which of the nameservers answers first: they do not know the same names',
};

function strangeServer(address: string): Doubt {
  return { rule: 'DNS-20', wouldDecide: `what the nameserver ${address} of the pod's dnsConfig answers` };
}
