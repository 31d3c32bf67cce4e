import { ApiObject, App, type Chart } from 'cdk8s';
import {
  type AllowFrom,
  type AllowTo,
  type ClusterEgressRule,
  type ClusterIngressRule,
  ClusterNetworkPolicy,
  cidr,
  DefaultDeny,
  DnsApp,
  external,
  type FlowQuery,
  ipBlock,
  Network,
  NetworkPolicy,
  namespace,
  nodes,
  Port,
  Ports,
  pods,
} from 'portolan';
import { chartIn, emitted } from './manifests';

const image = 'shop/app:1';
const cluster = { podCidr: '10.244.0.0/16', nodeCidr: '192.168.0.0/24' };

interface World {
  readonly shop: Chart;
  readonly api: DnsApp<'http' | 'admin' | 'tone'>;
  readonly web: DnsApp;
}

/** Two apps of one namespace, a pod of another on node b, two nodes; none has a policy but those that are added. */
function judge(addPolicies: (world: World) => void): (flow: Partial<FlowQuery>) => string {
  const app = new App();
  const shop = chartIn('shop', app);
  const ops = chartIn('ops', app);
  const ports = { http: 8080, admin: 9090, tone: Port.sctp(8080) };
  const api = new DnsApp(shop, 'api', { image, ports, closed: false });
  const web = new DnsApp(shop, 'web', { image, closed: false });
  const spec = { nodeName: 'b', containers: [{ name: 'probe', image }] };
  new ApiObject(ops, 'probe', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' }, spec });
  for (const [name, zone, address] of [
    ['a', 'one', '192.168.0.1'],
    ['b', 'two', '192.168.0.2'],
  ]) {
    const status = { addresses: [{ type: 'InternalIP', address }] };
    new ApiObject(shop, `node-${name}`, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { zone } },
      status,
    });
  }
  addPolicies({ shop, api, web });
  const network = Network.from([...emitted(shop), ...emitted(ops)], cluster);
  return (flow) => network.reach({ from: 'shop/web', to: 'shop/api', port: 8080, ...flow }).outcome;
}

const fromProbe = { from: 'ops/probe' };
const toAddress = (to: string) => ({ to, port: 443 });

describe('a NetworkPolicy', () => {
  const ofApi = (allowFrom: readonly AllowFrom[]) =>
    judge(({ shop, api }) => new NetworkPolicy(shop, 'policy', { appliesTo: api, allowFrom }));
  const ofWeb = (allowTo: readonly AllowTo[]) =>
    judge(({ shop, web }) => new NetworkPolicy(shop, 'policy', { appliesTo: web, allowTo }));

  test('isolates a direction without a rule, and no other (NP-03, NP-07)', () => {
    const outcome = ofApi([]);
    expect(outcome({})).toBe('denied');
    expect(outcome({ from: 'shop/api', to: 'ops/probe' })).toBe('allowed');
    expect(ofWeb([])({})).toBe('denied');
    expect(ofWeb([])({ from: 'shop/api', to: 'shop/web' })).toBe('allowed');
  });

  test('lets everybody in by a rule without peers (NP-08)', () => {
    const outcome = ofApi([{ ports: [8080] }]);
    expect(outcome({ from: '198.51.100.1' })).toBe('allowed');
    expect(outcome(fromProbe)).toBe('allowed');
    expect(outcome({ port: 9090 })).toBe('denied');
  });

  test('opens every port of every protocol by a rule without ports (NP-09)', () => {
    const outcome = ofApi([{ from: [namespace('shop')] }]);
    expect(outcome({ port: 9090 })).toBe('allowed');
    expect(outcome({ protocol: 'SCTP' })).toBe('allowed');
    expect(outcome(fromProbe)).toBe('denied');
  });

  test('lets any of several peers in (NP-10)', () => {
    const outcome = ofApi([{ from: [pods({ app: 'nobody' }), namespace('ops')] }]);
    expect(outcome(fromProbe)).toBe('allowed');
    expect(outcome({})).toBe('denied');
  });

  test.each([
    [8079, 'denied'],
    [8080, 'allowed'],
    [9089, 'allowed'],
    [9090, 'denied'],
  ])('with a range of 8080 to 9089: %d is %s (NP-25)', (port, expected) => {
    expect(ofApi([{ ports: [Ports.range(8080, 9089)] }])({ port })).toBe(expected);
  });

  test('finds the number of a port by its name and protocol (NP-21, NP-23)', () => {
    expect(ofApi([{ ports: [Ports.named('http')] }])({})).toBe('allowed');
    expect(ofApi([{ ports: [Ports.named('http')] }])({ port: 9090 })).toBe('denied');
    expect(ofApi([{ ports: [Ports.named('http', 'UDP')] }])({})).toBe('denied');
    expect(ofApi([{ ports: [Ports.named('tone', 'SCTP')] }])({ protocol: 'SCTP' })).toBe('allowed');
  });

  test('for SCTP alone keeps TCP and UDP out (NP-26)', () => {
    const outcome = ofApi([{ ports: [Ports.all('SCTP')] }]);
    expect(outcome({ protocol: 'SCTP' })).toBe('allowed');
    expect(outcome({})).toBe('denied');
    expect(outcome({ protocol: 'UDP' })).toBe('denied');
  });

  test('with an exception leaves it to other rules (NP-15)', () => {
    const block = ipBlock('203.0.113.0/24', { except: ['203.0.113.128/25'] });
    expect(ofWeb([{ to: [block] }])(toAddress('203.0.113.127'))).toBe('allowed');
    expect(ofWeb([{ to: [block] }])(toAddress('203.0.113.128'))).toBe('denied');
    expect(ofWeb([{ to: [block] }, { to: [cidr('203.0.113.128/32')] }])(toAddress('203.0.113.128'))).toBe('allowed');
  });
});

describe('NP-43: a ClusterNetworkPolicy', () => {
  type Tier = 'Admin' | 'Baseline';
  const guardApi =
    (tier: Tier, ingress: readonly ClusterIngressRule[]) =>
    ({ shop, api }: World) =>
      new ClusterNetworkPolicy(shop, 'guard', { tier, priority: 10, subject: api, ingress });
  const everyPod = [pods({})] as const;

  test.each<[Tier, ClusterIngressRule['action'], string]>([
    ['Admin', 'Accept', 'allowed'],
    ['Admin', 'Pass', 'denied'],
    ['Baseline', 'Accept', 'denied'],
  ])('of tier %s that says %s, above or below a NetworkPolicy that denies: %s', (tier, action, expected) => {
    const outcome = judge((world) => {
      new DefaultDeny(world.shop, 'deny', { directions: ['ingress'] });
      guardApi(tier, [{ action, from: everyPod }])(world);
    });
    expect(outcome({})).toBe(expected);
  });

  test.each<[Tier, ClusterIngressRule['action'], string]>([
    ['Admin', 'Deny', 'denied'],
    ['Baseline', 'Deny', 'allowed'],
  ])('of tier %s that says %s, above or below a NetworkPolicy that allows: %s', (tier, action, expected) => {
    const outcome = judge((world) => {
      new NetworkPolicy(world.shop, 'allow', { appliesTo: world.api, allowFrom: [{}] });
      guardApi(tier, [{ action, from: everyPod }])(world);
    });
    expect(outcome({})).toBe(expected);
  });

  test('of the baseline decides where no NetworkPolicy selects the pod', () => {
    const outcome = judge(guardApi('Baseline', [{ action: 'Deny', from: everyPod }]));
    expect(outcome({})).toBe('denied');
    expect(outcome({ to: 'ops/probe' })).toBe('allowed');
  });

  test('is decided by its first rule that matches, and by the policy of the lower number', () => {
    const ordered = judge((world) => {
      const rules = [
        { action: 'Accept', from: [namespace('ops')] },
        { action: 'Deny', from: everyPod },
      ] as const;
      guardApi('Admin', rules)(world);
      const ingress = [{ action: 'Accept', from: everyPod }] as const;
      new ClusterNetworkPolicy(world.shop, 'later', { tier: 'Admin', priority: 11, subject: world.api, ingress });
    });
    expect(ordered(fromProbe)).toBe('allowed');
    expect(ordered({})).toBe('denied');
  });

  test.each<[string, ClusterIngressRule['ports'], Partial<FlowQuery>, string]>([
    ['a number', [8080], {}, 'denied'],
    ['another number', [9090], {}, 'allowed'],
    ['the end of a range', [Ports.range(8000, 8080)], {}, 'denied'],
    ['what is behind a range', [Ports.range(8000, 8079)], {}, 'allowed'],
    ['a name', [Ports.named('http')], {}, 'denied'],
    ['a name of another protocol', [Ports.named('tone')], {}, 'allowed'],
    ['a name of any protocol', [Ports.named('tone')], { protocol: 'SCTP' }, 'denied'],
    ['all of a protocol', [Ports.all('SCTP')], { protocol: 'SCTP' }, 'denied'],
    ['all of another protocol', [Ports.all('SCTP')], {}, 'allowed'],
    ['no port', undefined, { protocol: 'UDP' }, 'denied'],
  ])('that denies by %s', (_what, ports, flow, expected) => {
    expect(judge(guardApi('Admin', [{ action: 'Deny', from: everyPod, ports }]))(flow)).toBe(expected);
  });

  const guardWeb = (...egress: readonly ClusterEgressRule[]) =>
    judge(({ shop, web }) => {
      new ClusterNetworkPolicy(shop, 'guard', { tier: 'Admin', priority: 10, subject: web, egress });
    });

  test('denies the way to nodes by their labels, but for the own one, of which nobody can know (NP-30)', () => {
    const outcome = judge(({ shop }) => {
      const egress = [{ action: 'Deny', to: [nodes({ zone: 'one' })] }] as const;
      new ClusterNetworkPolicy(shop, 'guard', { tier: 'Admin', priority: 10, subject: pods({}), egress });
    });
    expect(outcome({ ...fromProbe, to: 'node/a' })).toBe('denied');
    expect(outcome({ to: 'node/a' })).toBe('unknown');
    expect(outcome({ to: 'node/b' })).toBe('allowed');
  });

  test('denies the way to addresses but for exceptions, those of pods included', () => {
    const outcome = guardWeb({
      action: 'Deny',
      to: [ipBlock('203.0.113.0/24', { except: ['203.0.113.128/25'] }), cidr('10.244.0.0/16')],
    });
    expect(outcome(toAddress('203.0.113.127'))).toBe('denied');
    expect(outcome(toAddress('203.0.113.128'))).toBe('allowed');
    expect(outcome({})).toBe('denied');
  });

  test('accepts a host by its name, of whose addresses nobody can know', () => {
    const host = external('api.example.com', { ports: { https: 443 } });
    const outcome = guardWeb({ action: 'Accept', to: [host] }, { action: 'Deny', to: [cidr('0.0.0.0/0')] });
    expect(outcome(toAddress('203.0.113.1'))).toBe('unknown');
  });
});
