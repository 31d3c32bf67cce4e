import fc from 'fast-check';
import type { FlannelOptions } from 'portolan';
import { parse } from 'yaml';
import { managedNetworkOf } from '../../../../lib/constructs/managed/registry';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { undocumented } from './documented';

const POD_CIDR = '10.244.0.0/16';
const BOTH = [POD_CIDR, 'fd00:10:244::/56'];

function managed(options: FlannelOptions, podCidr: ClusterProfileSpec['podCidr'] = POD_CIDR) {
  const { profile, faults } = resolveProfile({ object: { cni: { name: 'flannel', ...options }, podCidr }, origin: {} });
  expect(faults).toEqual([]);
  const { objects, files } = managedNetworkOf(profile);
  return { objects, files: Object.fromEntries(files.map(({ path, content }) => [path, content])) };
}

const dataOf = (options: FlannelOptions, podCidr?: ClusterProfileSpec['podCidr']) => {
  const { config, 'canal-config': canal } = managed(options, podCidr).objects;
  return (config ?? canal).data as Readonly<Record<string, string>>;
};
const netConf = (options: FlannelOptions, podCidr?: ClusterProfileSpec['podCidr']) =>
  JSON.parse(dataOf(options, podCidr)['net-conf.json']);
const values = (options: FlannelOptions, podCidr?: ClusterProfileSpec['podCidr']) =>
  parse(managed(options, podCidr).files['flannel/values.yaml']);

test('its namespace and its ConfigMap are those of its release', () => {
  const { objects, files } = managed({});
  expect(objects).toMatchObject({
    namespace: {
      kind: 'Namespace',
      metadata: { name: 'kube-flannel', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    config: { kind: 'ConfigMap', metadata: { name: 'kube-flannel-cfg', namespace: 'kube-flannel' } },
  });
  expect(Object.keys(files)).not.toContain('flannel/values.yaml');
  expect(JSON.parse(dataOf({})['cni-conf.json'])).toMatchObject({
    name: 'cbr0',
    plugins: [{ type: 'flannel' }, { type: 'portmap' }],
  });
  expect(files['cni/net.d/10-flannel.conflist']).toBe(dataOf({})['cni-conf.json']);
});

test.each<[string, FlannelOptions, ClusterProfileSpec['podCidr'], object]>([
  ['the pod range', {}, POD_CIDR, { Network: POD_CIDR, Backend: { Type: 'vxlan' } }],
  [
    'a network that is larger',
    { network: '10.240.0.0/12' },
    POD_CIDR,
    { Network: '10.240.0.0/12', Backend: { Type: 'vxlan' } },
  ],
  [
    'both families',
    { subnetLen: 24, ipv6SubnetLen: 64 },
    BOTH,
    {
      Network: POD_CIDR,
      EnableIPv6: true,
      IPv6Network: 'fd00:10:244::/56',
      SubnetLen: 24,
      IPv6SubnetLen: 64,
      Backend: { Type: 'vxlan' },
    },
  ],
  [
    'IPv6 alone',
    {},
    BOTH[1],
    { EnableIPv4: false, EnableIPv6: true, IPv6Network: BOTH[1], Backend: { Type: 'vxlan' } },
  ],
  [
    'VXLAN',
    { backend: { type: 'vxlan', vni: 7, port: 4789, directRouting: true, mtu: 1450 } },
    POD_CIDR,
    { Network: POD_CIDR, Backend: { Type: 'vxlan', VNI: 7, Port: 4789, DirectRouting: true, MTU: 1450 } },
  ],
  [
    'WireGuard',
    { backend: { type: 'wireguard', port: 1, portV6: 2, mtu: 1400 } },
    POD_CIDR,
    { Network: POD_CIDR, Backend: { Type: 'wireguard', ListenPort: 1, ListenPortV6: 2, MTU: 1400 } },
  ],
  [
    'UDP',
    { backend: { type: 'udp', port: 7890 } },
    POD_CIDR,
    { Network: POD_CIDR, Backend: { Type: 'udp', Port: 7890 } },
  ],
  ['host-gw', { backend: 'host-gw' }, POD_CIDR, { Network: POD_CIDR, Backend: { Type: 'host-gw' } }],
  [
    'IP-in-IP',
    { backend: { type: 'ipip', directRouting: true } },
    POD_CIDR,
    { Network: POD_CIDR, Backend: { Type: 'ipip', DirectRouting: true } },
  ],
])('net-conf.json says %s', (_, options, podCidr, expected) => {
  expect(netConf(options, podCidr)).toEqual(expected);
});

test('NET-02: where nobody declares ranges of pods nothing is written', () => {
  const { profile } = resolveProfile({ object: { cni: 'flannel' }, origin: {} });
  expect(() => managedNetworkOf(profile)).toThrow('Unable to set up a cluster without `podCidr`');
});

test('the policy controller comes with the chart: its values are written, and no ConfigMap of ours', () => {
  expect(Object.keys(managed({ netpol: true }).objects)).toEqual(['namespace']);
  expect(values({ netpol: true, backend: { type: 'vxlan', port: 4789, directRouting: true } }, BOTH)).toEqual({
    podCidr: POD_CIDR,
    podCidrv6: 'fd00:10:244::/56',
    flannel: { backend: 'vxlan', backendPort: 4789, directRouting: true },
    netpol: { enabled: true },
  });
});

test('NET-04: what the DaemonSet says by itself only the chart can change', () => {
  expect(values({ ipMasq: false })).toEqual({
    podCidr: POD_CIDR,
    flannel: { backend: 'vxlan', args: ['--kube-subnet-mgr'] },
  });
});

test('what the chart can’t say is refused', () => {
  expect(() => managed({ netpol: true, backend: { type: 'ipip', directRouting: true } })).toThrow('its chart');
});

test('Canal has a ConfigMap and a CNI configuration of its own', () => {
  const { objects, files } = managed({ canal: true, ipMasq: false });
  expect(objects).toMatchObject({ 'canal-config': { metadata: { name: 'canal-config', namespace: 'kube-system' } } });
  const data = dataOf({ canal: true, ipMasq: false });
  expect(data.masquerade).toBe('false');
  expect(undocumented('ConfigMap of Canal', data)).toEqual([]);
  const filled = data.cni_network_config.replace('__CNI_MTU__', '1450');
  expect(undocumented('CNI configuration', JSON.parse(filled))).toEqual([]);
  const list = JSON.parse(files['cni/net.d/10-canal.conflist']);
  expect([list.name, list.plugins[0].ipam]).toEqual(['k8s-pod-network', { type: 'host-local', subnet: 'usePodCidr' }]);
});

test('all that is written has documented fields', () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  const mtu = fc.integer({ min: 576, max: 9000 });
  const optional = { requiredKeys: ['type'] as ['type'] };
  const backend = fc.oneof(
    fc.constantFrom('vxlan', 'host-gw', 'udp', 'wireguard', 'ipip'),
    fc.record(
      { type: fc.constant('vxlan'), vni: fc.integer({ min: 1, max: 99 }), port, directRouting: fc.boolean(), mtu },
      optional,
    ),
    fc.record({ type: fc.constant('wireguard'), port, portV6: port, mtu }, optional),
    fc.record({ type: fc.constant('udp'), port }, optional),
  );
  const flags = { ipMasq: fc.boolean(), netpol: fc.boolean(), subnetLen: fc.integer({ min: 18, max: 30 }) };
  const options = fc.record({ backend, ...flags }, { requiredKeys: [] });
  fc.assert(
    fc.property(options, fc.constantFrom(undefined, POD_CIDR, BOTH, BOTH[1]), (given, podCidr) => {
      const { objects, files } = managed(given as FlannelOptions, podCidr);
      const data = objects.config?.data as Record<string, string> | undefined;
      if (data) {
        expect(undocumented('net-conf.json', JSON.parse(data['net-conf.json']))).toEqual([]);
        expect(undocumented('CNI configuration', JSON.parse(data['cni-conf.json']))).toEqual([]);
      } else {
        expect(undocumented('values of the chart of Flannel', parse(files['flannel/values.yaml']))).toEqual([]);
      }
    }),
  );
});
