import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { Network } from '../../lib/model/network';
import type { Hop, PairVerdict, Verdict } from '../../lib/model/reach/verdict';
import { formatIp } from '../../lib/model/values/ip';
import { type SuiteResult, Tally } from './suite';

/** What was sent in a recorded cluster, and what came of it. */
interface Probe {
  readonly from: { readonly kind: 'pod' | 'node' | 'external'; readonly ref: string };
  readonly to: {
    readonly ip: string;
    readonly port: number;
    readonly protocol: 'TCP' | 'UDP';
    readonly via: string;
    readonly entryNode?: string;
  };
  readonly outcome: Outcome | 'mixed';
  readonly outcomes?: Readonly<Record<string, number>>;
  readonly endpoints?: readonly string[];
  readonly sourceSeen?: readonly string[];
  readonly leftCluster?: boolean;
  readonly sticky?: boolean;
  readonly nondeterministic?: boolean;
  readonly flaky?: boolean;
}

/** What a node answers to load balancers that ask whether it has endpoints of its own. */
interface HealthCheck {
  readonly service: string;
  readonly node: string;
  readonly status: number;
}

type Outcome = 'connected' | 'refused' | 'unreachable' | 'timeout' | 'left';

interface Recording {
  readonly manifests: readonly object[];
  readonly nodes: readonly { readonly name: string; readonly ip: string }[];
  readonly listeners: Readonly<Record<string, readonly string[]>>;
  readonly kubeProxyConfig: {
    readonly clusterCIDR: string;
    readonly serviceCIDR: string;
    readonly nodePortAddresses?: readonly string[];
    readonly iptables?: { readonly masqueradeAll?: boolean };
    readonly nftables?: { readonly masqueradeAll?: boolean };
  };
  readonly probes: readonly Probe[];
  readonly healthChecks?: readonly HealthCheck[];
}

type Mode = 'iptables' | 'nftables';

/** What real kube-proxies did with packets, cluster by cluster and in two modes. A fact is one probe, or one load balancer. */
export async function kubeProxy(data: string): Promise<SuiteResult> {
  const tally = new Tally('recorded packets of kube-proxy');
  const folder = join(data, 'recorded', 'proxy');
  const names = readdirSync(folder).filter((file) => file.endsWith('-nftables.json'));
  for (const file of names.sort()) {
    const objects: Recording = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const inIptables: Recording = JSON.parse(readFileSync(join(folder, file.replace('nftables', 'iptables')), 'utf8'));
    replay(tally, file, objects, objects, 'nftables');
    replay(tally, file.replace('nftables', 'iptables'), objects, inIptables, 'iptables');
  }
  return tally.result;
}

function replay(
  tally: Tally,
  file: string,
  objects: Recording,
  { probes, kubeProxyConfig }: Recording,
  mode: Mode,
): void {
  const network = Network.from(objects.manifests, profileOf(objects, kubeProxyConfig, mode));
  for (const [i, probe] of probes.entries()) {
    const { from, to } = probe;
    const name = `${file} ${i}: ${from.ref} to ${to.ip}:${to.port}/${to.protocol} (${to.via})`;
    if (probe.nondeterministic) tally.skip(name, 'the winner differs by node and start');
    else if (probe.flaky) tally.skip(name, 'two runs differed');
    else tally.fact(name, differenceOf(probe, predicted(network, objects, probe)));
  }
  for (const service of new Set(objects.healthChecks?.map((check) => check.service))) {
    tally.fact(
      `${file}: nodes to which a load balancer sends for ${service}`,
      healthDifference(network, objects, service),
    );
  }
}

/** SVC-14: from outside a load balancer comes by the nodes that answer its question with 200, and by no others. */
function healthDifference(network: Network, { healthChecks = [] }: Recording, name: string): string | undefined {
  const answers = healthChecks.filter(({ service }) => service === name);
  const healthy = answers.filter(({ status }) => status === 200).map(({ node }) => node);
  const service = network.cluster.services.find((s) => `${s.namespace}/${s.name}` === name);
  const [balancer] = service?.loadBalancers ?? [];
  if (!service || !balancer) return 'the manifests have no such load balancer';
  const [range] = service.loadBalancerSourceRanges?.ranges ?? [];
  const from = range ? formatIp({ family: range.family, value: range.first + 1n }) : '203.0.113.10';
  const [{ port, protocol }] = service.ports;
  const { outcome, pairs } = network.reach({ from, to: formatIp(balancer.ip), port, protocol });
  const told = outcome === 'allowed' ? new Set(pairs.map(({ target }) => target?.nodeName ?? '')) : new Set<string>();
  const isAlike = told.size === healthy.length && healthy.every((node) => told.has(node));
  return isAlike ? undefined : `healthy were ${healthy.join(' ') || '-'}, the model says ${[...told].join(' ') || '-'}`;
}

function profileOf({ nodes }: Recording, config: Recording['kubeProxyConfig'], mode: Mode): ClusterProfileSpec {
  const { nodePortAddresses } = config;
  return {
    podCidr: config.clusterCIDR,
    serviceCidr: config.serviceCIDR,
    nodeCidr: nodes.map(({ ip }) => `${ip}/32`),
    proxyMode: mode,
    kubeProxy: { masqueradeAll: config[mode]?.masqueradeAll ?? false, ...(nodePortAddresses && { nodePortAddresses }) },
  };
}

/** Everything that may come of one probe by the model, with what really listens added. */
interface Predicted {
  readonly outcomes: ReadonlySet<Outcome | 'unknown'>;
  readonly endpoints: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

function predicted(network: Network, { listeners }: Recording, probe: Probe): Predicted {
  const { from, to } = probe;
  const { ip, port, protocol, entryNode: via } = to;
  const sender = from.kind === 'node' ? `node/${from.ref}` : from.ref;
  const verdict: Verdict = network.reach({ from: sender, to: ip, port, protocol, via });
  const outcomes = new Set<Outcome | 'unknown'>();
  const endpoints = new Set<string>();
  const sources = new Set<string>();
  for (const pair of verdict.pairs) {
    const outcome = outcomeOf(pair, probe, listeners);
    outcomes.add(outcome);
    if (outcome !== 'connected') continue;
    endpoints.add(listenerOf(pair));
    sources.add(seenAs(pair, network));
  }
  return { outcomes, endpoints, sources };
}

/** What a client notices; who is let through meets a listener or none. */
function outcomeOf(pair: PairVerdict, { to }: Probe, listeners: Recording['listeners']): Outcome | 'unknown' {
  const closed = to.protocol === 'TCP' ? 'refused' : 'unreachable';
  const stop = pair.hops.find((hop) => hop.decision !== 'passes');
  if (stop) return noticed(stop, closed);
  if (pair.outcome !== 'allowed') return 'unknown';
  const port = portOf(pair) ?? to.port;
  return listeners[listenerOf(pair)]?.includes(`${port}/${to.protocol}`) ? 'connected' : closed;
}

function noticed(stop: Hop, closed: 'refused' | 'unreachable'): Outcome | 'unknown' {
  if (stop.hop !== 'service') return 'unknown';
  // SVC-18: the packet is on its way to the load balancer, whose answer nobody knows.
  if (stop.decision === 'unknown') return stop.doubts?.some(({ rule }) => rule === 'SVC-18') ? 'left' : 'unknown';
  switch (stop.problem) {
    case 'left-cluster':
      return 'left';
    case 'node-port-closed':
      return closed;
    case 'no-local-endpoints':
    case 'source-not-allowed':
    case 'unassigned-address':
    case 'reply-lost':
      return 'timeout';
    default:
      return 'unreachable';
  }
}

type Translation = NonNullable<(Hop & { hop: 'service' })['proxy']>;

function translationsOf({ hops }: PairVerdict): readonly Translation[] {
  return hops.flatMap((hop) => (hop.hop === 'service' && hop.proxy ? [hop.proxy] : []));
}

function portOf(pair: PairVerdict): number | undefined {
  const last = translationsOf(pair).at(-1);
  return last && Number(last.endpoint.slice(last.endpoint.lastIndexOf(':') + 1));
}

function listenerOf({ foreign, to }: PairVerdict): string {
  return foreign === undefined ? to : `external:${foreign}`;
}

/** The client itself, or the last node that put its own address in place; to a node that is the client. */
function seenAs(pair: PairVerdict, network: Network): string {
  const node = translationsOf(pair).findLast(({ isMasqueraded }) => isMasqueraded)?.node;
  const { source } = pair;
  const own = source ? source.hostNetwork && source.nodeName : /^node\/(.*)$/.exec(pair.from)?.[1];
  return node === undefined || node === own || network.cluster.nodes.length === 0 ? 'self' : `node:${node}`;
}

/** How the recording differs from what was predicted; `undefined` where it does not. */
function differenceOf(probe: Probe, { outcomes, endpoints, sources }: Predicted): string | undefined {
  const seen =
    probe.outcome === 'mixed' ? Object.keys(probe.outcomes ?? {}) : [probe.leftCluster ? 'left' : probe.outcome];
  return (
    difference('outcome', seen, outcomes, probe) ??
    difference('endpoints', probe.endpoints ?? [], endpoints, probe) ??
    difference('source', probe.sourceSeen ?? [], sources, probe)
  );
}

/** SVC-24: with affinity a client shows one of what is possible. */
function difference(
  what: string,
  seen: readonly string[],
  predictedSet: ReadonlySet<string>,
  { sticky }: Probe,
): string | undefined {
  const isWithin = seen.every((one) => predictedSet.has(one));
  if (isWithin && (sticky || seen.length === predictedSet.size)) return undefined;
  return `${what} was ${seen.join(' ') || '-'}, the model says ${[...predictedSet].sort().join(' ') || '-'}`;
}
