import { type FlannelSpec, flannel } from '../../../../lib/model/cluster/cni/flannel';
import { capabilitiesOf, enforcerNameOf } from '../../../../lib/model/cluster/cni/registry';
import { told } from './told';

const on = (options: object) => told({ name: 'flannel', ...options });

test.each([
  ['nothing', {}],
  ['a backend by its name', { backend: 'host-gw' }],
  ['VXLAN with its options', { backend: { type: 'vxlan', vni: 4096, port: 4789, directRouting: true, mtu: 1450 } }],
  ['WireGuard with its ports', { backend: { type: 'wireguard', port: 51820, portV6: 51821, mtu: 1420 } }],
  ['UDP with its port', { backend: { type: 'udp', port: 8285 } }],
  ['IP-in-IP with direct routes', { backend: { type: 'ipip', directRouting: true } }],
  ['ranges and sizes', { network: ['10.244.0.0/16', 'fd00::/48'], subnetLen: 24, ipv6SubnetLen: 64 }],
  ['what runs beside it', { ipMasq: false, netpol: true }],
  ['Canal', { canal: true }],
])('Flannel takes %s', (_, options) => {
  expect(on(options)).toEqual({ cni: { name: 'flannel', ...options }, faults: [] });
});

test.each([
  ['an option that there is not', { backends: 'vxlan' }, 'cni.backends', 'backend'],
  ['a slip in a backend', { backend: 'vxlam' }, 'cni.backend', 'vxlan'],
  ['a slip in the type of a backend', { backend: { type: 'wiregard' } }, 'cni.backend.type', 'wireguard'],
  ['a backend without type', { backend: { port: 8472 } }, 'cni.backend.type', undefined],
  ['a backend that is no map', { backend: 8472 }, 'cni.backend', undefined],
  ['an option that no backend has', { backend: { type: 'vxlan', vnid: 1 } }, 'cni.backend.vnid', 'vni'],
  ['an option of another backend', { backend: { type: 'host-gw', port: 1 } }, 'cni.backend.port', undefined],
  ['a VNI of 25 bits', { backend: { type: 'vxlan', vni: 2 ** 24 } }, 'cni.backend.vni', undefined],
  ['port 0', { backend: { type: 'udp', port: 0 } }, 'cni.backend.port', undefined],
  ['a range that is none', { network: '10.244.0.0/33' }, 'cni.network', undefined],
  ['a truth value in quotes', { netpol: 'true' }, 'cni.netpol', undefined],
])('%s is refused', (_, options, field, didYouMean) => {
  expect(on(options).faults).toMatchObject([{ code: 'PTL018', field, didYouMean }]);
});

test.each([
  ['alloc', 'it gives nodes their subnets and forwards nothing'],
  ['ipsec', 'it is experimental'],
  ['aws-vpc', 'its routes are kept by a cloud'],
])('the backend %s is refused with the reason', (type, reason) => {
  for (const backend of [type, { type }]) {
    expect(on({ backend }).faults).toMatchObject([{ problem: expect.stringContaining(reason) }]);
  }
});

test.each<[string, Partial<FlannelSpec>, boolean, string]>([
  ['alone nobody reads policies (NP-37)', {}, false, 'api'],
  ['with netpol kube-network-policies does', { netpol: true }, true, 'api'],
  ['in Canal Calico does', { canal: true }, true, 'calico'],
])('%s', (_, options, enforces, enforcer) => {
  const spec = { name: 'flannel', ...options } as const;
  expect(capabilitiesOf(spec).enforcesNetworkPolicy).toBe(enforces);
  expect(enforcerNameOf(spec)).toBe(enforcer);
});

test('in Canal policies have the capabilities of Calico', () => {
  const canal = capabilitiesOf({ name: 'flannel', backend: 'host-gw', canal: true });
  const { dualStack, encryption, maintenance, ...policies } = canal;
  expect(capabilitiesOf({ name: 'calico', encapsulation: 'None' })).toMatchObject(policies);
});

test.each([
  ['vxlan', true],
  ['wireguard', true],
  ['host-gw', true],
  ['udp', false],
  ['ipip', false],
] as const)('the backend %s carries both families: %s', (backend, dualStack) => {
  expect(flannel.capabilities({ name: 'flannel', backend }).dualStack).toBe(dualStack);
});
