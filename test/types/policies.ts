import type { Chart } from 'cdk8s';
import {
  ClusterNetworkPolicy,
  type DnsApp,
  internet,
  ipBlock,
  NetworkPolicy,
  namespace,
  nodes,
  Port,
  Ports,
  pods,
} from 'portolan';

declare const chart: Chart;
declare const app: DnsApp<'http'>;
const guard = { tier: 'Admin', priority: 1, subject: app } as const;
const from = [pods({})] as const;

// Ports of rules, of either kind of policy.
const ports = [
  80,
  Port.sctp(80),
  app.port('http'),
  Ports.range(1, 9, 'UDP'),
  Ports.all(),
  Ports.named('http'),
] as const;
new NetworkPolicy(chart, 'a', {
  appliesTo: app,
  allowFrom: [{ from, ports }],
  allowTo: [{ to: [ipBlock('10.0.0.0/8')] }],
});
new ClusterNetworkPolicy(chart, 'b', { ...guard, ingress: [{ action: 'Deny', from, ports }] });
new ClusterNetworkPolicy(chart, 'c', {
  ...guard,
  egress: [{ action: 'Accept', to: [nodes({ zone: 'a' }), internet, app] }],
});

// @ts-expect-error a name alone could be a slip for a number
new NetworkPolicy(chart, 'd', { appliesTo: app, allowFrom: [{ ports: ['http'] }] });
// @ts-expect-error no such protocol
Ports.range(1, 2, 'ICMP');
// @ts-expect-error the word of the older API
new ClusterNetworkPolicy(chart, 'e', { ...guard, ingress: [{ action: 'Allow', from }] });
// @ts-expect-error no such tier
new ClusterNetworkPolicy(chart, 'f', { ...guard, tier: 'NetworkPolicy', ingress: [{ action: 'Deny', from }] });
// @ts-expect-error everybody is pods({}), not nobody
new ClusterNetworkPolicy(chart, 'g', { ...guard, ingress: [{ action: 'Deny' }] });
// @ts-expect-error nor an empty list
new ClusterNetworkPolicy(chart, 'h', { ...guard, ingress: [{ action: 'Deny', from: [] }] });
// @ts-expect-error nodes are destinations only
new ClusterNetworkPolicy(chart, 'i', { ...guard, ingress: [{ action: 'Deny', from: [nodes()] }] });
// @ts-expect-error a NetworkPolicy knows no nodes
new NetworkPolicy(chart, 'j', { appliesTo: app, allowTo: [{ to: [nodes()] }] });
// @ts-expect-error without a priority the order is undefined
new ClusterNetworkPolicy(chart, 'k', { tier: 'Admin', subject: namespace('shop'), ingress: [] });
