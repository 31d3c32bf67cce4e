import { type Chart, Testing } from 'cdk8s';
import { ClusterNetworkPolicy, DnsApp, Intents, NetworkPolicy, Port, Ports, pods, type RulePort } from 'portolan';
import { chartIn, only } from './manifests';

const specOf = (chart: Chart, kind: string) => only(chart, kind).spec as { ingress: Record<string, unknown>[] };

function inNetworkPolicy(port: RulePort): unknown {
  const chart = chartIn('shop');
  new NetworkPolicy(chart, 'policy', { appliesTo: pods({}), allowFrom: [{ ports: [port] }] });
  return specOf(chart, 'NetworkPolicy').ingress[0].ports;
}

function inClusterNetworkPolicy(port: RulePort): unknown {
  const chart = chartIn('shop');
  const ingress = [{ action: 'Deny', from: [pods({})], ports: [port] }] as const;
  new ClusterNetworkPolicy(chart, 'policy', { tier: 'Admin', priority: 1, subject: pods({}), ingress });
  return specOf(chart, 'ClusterNetworkPolicy').ingress[0].protocols;
}

const number = (value: number) => ({ destinationPort: { number: value } });
const range = (start: number, end: number) => ({ destinationPort: { range: { start, end } } });

describe('a port in a rule', () => {
  test.each<[string, RulePort, object, object]>([
    ['a number', 80, { port: 80, protocol: 'TCP' }, { tcp: number(80) }],
    ['a port of SCTP', Port.sctp(9), { port: 9, protocol: 'SCTP' }, { sctp: number(9) }],
    [
      'a range (NP-25)',
      Ports.range(8000, 8999),
      { port: 8000, endPort: 8999, protocol: 'TCP' },
      { tcp: range(8000, 8999) },
    ],
    ['a range of UDP', Ports.range(1, 2, 'UDP'), { port: 1, endPort: 2, protocol: 'UDP' }, { udp: range(1, 2) }],
    ['a range of one port', Ports.range(80, 80), { port: 80, protocol: 'TCP' }, { tcp: number(80) }],
    ['all of a protocol (NP-09)', Ports.all('SCTP'), { protocol: 'SCTP' }, { sctp: range(1, 65535) }],
    ['a name (NP-24)', Ports.named('http'), { port: 'http', protocol: 'TCP' }, { destinationNamedPort: 'http' }],
  ])('%s', (_what, port, ofNamespace, ofCluster) => {
    expect(inNetworkPolicy(port)).toEqual([ofNamespace]);
    expect(inClusterNetworkPolicy(port)).toEqual([ofCluster]);
  });

  test('a name with its protocol, of which a ClusterNetworkPolicy knows none', () => {
    expect(inNetworkPolicy(Ports.named('dns', 'UDP'))).toEqual([{ port: 'dns', protocol: 'UDP' }]);
    expect(() => inClusterNetworkPolicy(Ports.named('dns', 'UDP'))).toThrow('without their protocol');
  });

  test.each([
    ['that ends below its start', () => Ports.range(2, 1), 'the last is below the first'],
    ['that begins at 0', () => Ports.range(0, 1), 'Unable to use 0 as a port'],
    ['that ends above 65535', () => Ports.range(1, 65536), 'Unable to use 65536 as a port'],
    ['of a half', () => Ports.range(1, 1.5), 'Unable to use 1.5 as a port'],
  ])('never a range %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    ['a name that no container port can have', () => Ports.named('HTTP'), 'it has upper-case letters'],
    ['a number in quotes (NP-24)', () => Ports.named('80'), 'it has no letter'],
    ['a protocol without ports (NP-26)', () => Ports.all('ICMP' as never), 'it is one of SCTP, TCP, UDP'],
    ['a misspelt protocol', () => Ports.range(1, 2, 'udp' as never), 'Did you mean "UDP"?'],
  ])('never %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[unknown, string]>([
    ['http', "Ports.named('http')"],
    [undefined, 'give a number, a port of an app'],
    [{}, 'give a number, a port of an app'],
  ])('never %j, which would open all of TCP (NP-09)', (given, message) => {
    const app = Testing.app();
    new NetworkPolicy(chartIn('shop', app), 'policy', {
      appliesTo: pods({}),
      allowFrom: [{ ports: [given as never] }],
    });
    expect(() => app.synth()).toThrow('[shop/policy] Unable to use');
    expect(() => app.synth()).toThrow(message);
  });
});

test('promises see what such rules let through', () => {
  const app = Testing.app();
  const chart = chartIn('shop', app);
  const image = 'shop/api:1';
  const api = new DnsApp(chart, 'api', { image, ports: { http: 8080, admin: 9090 } });
  const web = new DnsApp(chart, 'web', { image, closed: false });
  new NetworkPolicy(chart, 'web-to-api', {
    appliesTo: api,
    allowFrom: [{ from: [web], ports: [Ports.range(8000, 8999), Ports.named('metrics')] }],
  });
  const intents = Intents.of(chart);
  intents.expect(web).toReach(api.port('http'));
  intents.expect(web).not.toReach(api.port('admin'));
  expect(() => app.synth()).not.toThrow();
});
