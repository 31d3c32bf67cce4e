import type { Construct } from 'constructs';
import { clusterSpecOf } from '../synth/registry';
import type { AppPort, PodsOfApp } from './app-port';
import type { AppIdentity } from './app-workload';
import { type DnsOptions, dnsRules } from './pod-dns';
import { emitPolicy, type PolicyScope, type PolicySpec, podsPeer } from './policy-spec';

/** Who uses one of the app's ports; it may be known only at synth. */
export interface AppClient {
  readonly pods: () => PodsOfApp | undefined;
  readonly port: AppPort;
}

/** What an app was told about its traffic so far; it grows until synth. */
export interface AppTraffic {
  readonly ports: ReadonlyMap<string, AppPort>;
  /** Ports open to everybody. */
  readonly exposed: readonly AppPort[];
  /** Who uses which port. */
  readonly clients: readonly AppClient[];
  readonly uses: readonly AppPort[];
  /** Whom its pods ask for names. */
  readonly dns: DnsOptions;
}

/** The one policy of a closed app: what its users and its own uses need, and nothing else. */
export function closeApp(scope: Construct, identity: AppIdentity, namespace: string, traffic: AppTraffic): void {
  const metadata = { name: identity.name, labels: { ...identity.labels } };
  emitPolicy(scope, 'NetworkPolicy', metadata, () => {
    const policy = { namespace, cluster: clusterSpecOf(scope) };
    return {
      podSelector: { matchLabels: identity.selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ingressRules(traffic, policy),
      egress: egressRules(traffic, policy),
    };
  });
}

/** In the order in which ports are declared, so that the order of constructs does not show. */
function ingressRules(traffic: AppTraffic, policy: PolicyScope): PolicySpec['ingress'] {
  // Behind a load balancer the policy sees a node, not the client, so no narrower peer would do (NP-39).
  const everyone = traffic.exposed.map((port) => ({ ports: [port.toPolicyPort()] }));
  const closed = [...traffic.ports.values()].filter((port) => !traffic.exposed.includes(port));
  const users = closed.flatMap((port) => {
    const pods = traffic.clients.flatMap((client) => (client.port === port ? (client.pods() ?? []) : []));
    const from = distinct(pods.map((client) => podsPeer(client, policy)));
    return from.length > 0 ? [{ from, ports: [port.toPolicyPort()] }] : [];
  });
  return [...everyone, ...users];
}

function egressRules(traffic: AppTraffic, policy: PolicyScope): PolicySpec['egress'] {
  if (traffic.uses.length === 0) return [];
  // Policies see the packet after the Service's translation: the pods and the container port (NP-19).
  const used = traffic.uses.map((port) => ({ to: port.owner.peersFor(policy), ports: [port.toPolicyPort()] }));
  return [...distinct(used), ...dnsRules(traffic.dns, policy)];
}

/** Equal JSON once, sorted by it. */
function distinct<T>(values: readonly T[]): T[] {
  const byJson = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byJson].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
