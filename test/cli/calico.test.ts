import { portolan, SHOP } from './support';

const PROFILE = `podCidr: 10.244.0.0/16
serviceCidr: 10.96.0.0/12
nodes:
  - { name: rack-1, count: 4, subnet: 192.168.1.0/24 }
  - { name: rack-2, count: 60, subnet: 192.168.2.0/24 }
cni:
  name: calico
  install: manifest
  mtu: 1500
  bgp:
    enabled: false
    asNumber: 65535
  pools:
    - cidr: 10.244.0.0/26
      encapsulation: None
    - cidr: 10.244.0.32/27
      encapsulation: VXLAN
      blockSize: 19
    - { cidr: 10.245.0.0/24, encapsulation: VXLAN }
    - { cidr: 10.96.7.0/24, allowedUses: [LoadBalancer], encapsulation: VXLAN }
`;

test('each objection of Calico is told with the line that is to blame', async () => {
  const { code, stdout } = await portolan(['check', 'shop.json', '--cluster', 'cluster.yaml', '-o', 'json'], {
    'shop.json': SHOP,
    'cluster.yaml': PROFILE,
  });
  const lints: readonly { code: string; file?: string; line?: number; column?: number; severity: string }[] =
    JSON.parse(stdout).lints;
  const told = lints.filter(({ file }) => file === 'cluster.yaml');
  expect(code).toBe(1);
  expect(told.map((lint) => `${lint.severity} ${lint.code} ${lint.line}:${lint.column}`)).toEqual([
    // Without Typha, of so many nodes.
    'warning PTL315 8:12',
    // No BGP for the pool that is not wrapped; what is said of BGP; the AS number itself.
    'error PTL315 11:14',
    'error PTL315 12:15',
    'error PTL315 12:15',
    // Fewer blocks than nodes.
    'warning PTL313 14:13',
    // Two pools with one address, and the size of a block.
    'error PTL312 16:13',
    'error PTL313 18:18',
    // Outside podCidr.
    'error PTL315 19:15',
    // Load balancers among ClusterIPs, and wrapped.
    'error PTL312 20:15',
    'error PTL315 20:73',
  ]);
});
