import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, internet, promise } from './support';

const ranges = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.77.0/24' };
// NP-29: without tunnels nodes come by their own address.
const kubeProxy: ClusterProfileSpec = { ...ranges, cni: { name: 'calico', encapsulation: 'None' } };
const plugin: ClusterProfileSpec = { ...ranges, cni: { name: 'calico', dataplane: 'eBPF' } };
const ports = [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080 }];
const opened = (spec: object = {}) => service('api', { type: 'NodePort', selector: { app: 'api' }, ports, ...spec });
const shop = [ns('shop'), deployment('web'), deployment('api')];
const letsIn = (cidr: string) =>
  policy('api', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [{ ipBlock: { cidr } }] }] });
const api: EndpointRef = { kind: 'object', object: 'Service', namespace: 'shop', name: 'api' };
const nodePort: EndpointRef = { kind: 'nodePort', of: api, port: 'http' };
const reaches = (target: EndpointRef, subject: EndpointRef = internet) =>
  promise({ verb: 'toReach', negated: false, subject, targets: [target] });
const keptFrom = (target: EndpointRef, subject: EndpointRef = internet) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });

const told = (manifests: readonly object[], intent: ReturnType<typeof promise>, profile: ClusterProfileSpec) =>
  checking(manifests, [intent], profile)
    .findings.map(({ cause }) => (cause.code === 'PTL904' ? `PTL904 ${cause.doubts[0].rule}` : cause.code))
    .join();

describe('promises where the network plugin serves Services', () => {
  test.each([
    ['nodes alone', '192.168.77.0/24', '', 'PTL904 SVC-15'],
    ['everybody', '0.0.0.0/0', '', ''],
  ])('SVC-15: clients outside by a node port, where policies let in %s', (_case, cidr, before, now) => {
    const manifests = [...shop, opened(), letsIn(cidr)];
    expect(told(manifests, reaches(nodePort), kubeProxy)).toBe(before);
    expect(told(manifests, reaches(nodePort), plugin)).toBe(now);
  });

  test('SVC-15: are kept apart by letting in nodes alone only where a Local policy shows them', () => {
    const fromClients = [...shop, opened(), letsIn('203.0.113.0/24')];
    expect(told(fromClients, keptFrom(nodePort), plugin)).toMatch(/^PTL904/);
    expect(told([...shop, opened(), letsIn('192.168.77.0/24')], keptFrom(nodePort), plugin)).toMatch(/^PTL904/);
    const fromNodes = [...shop, opened({ externalTrafficPolicy: 'Local' }), letsIn('192.168.77.0/24')];
    expect(told(fromNodes, keptFrom(nodePort), plugin)).toBe('');
  });

  test('SVC-15: by name between pods they hold as ever', () => {
    expect(told([...shop, opened()], reaches({ kind: 'port', of: app('api'), port: 'http' }, app('web')), plugin)).toBe(
      told([...shop, opened()], reaches({ kind: 'port', of: app('api'), port: 'http' }, app('web')), kubeProxy),
    );
  });

  test('NET-01: nobody knows whether anybody listens at the port of kube-proxy’s health', () => {
    const firewall = { workers: [{ from: 'anywhere' as const, ports: 'all' as const }] };
    const health: EndpointRef = { kind: 'component', name: 'workers.kubeProxyHealth' };
    expect(told(shop, reaches(health), { ...kubeProxy, firewall })).toBe('');
    expect(told(shop, reaches(health), { ...plugin, firewall })).toBe('PTL904 NET-01');
  });
});
