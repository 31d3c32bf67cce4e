import fc from 'fast-check';
import type { Carriage } from '../../../lib/model/fabric/fabric';
import { packetSizes } from '../../../lib/model/fabric/lints/packet-sizes';
import { podMtuOf } from '../../../lib/model/fabric/mtu';
import { NodeNetwork } from '../../../lib/model/fabric/node-network';
import { AS_THEY_ARE, clusterOf, fabricWith, links, NO_ROUTE, wrappedIn } from './fakes';

const TWO_SUBNETS = [
  { name: 'here', subnet: '192.168.0.0/24' },
  { name: 'there', subnet: '192.168.1.0/24' },
];

/** NET-06: what wraps packets, in bytes, as its documentation says. */
const ENCAPSULATIONS: readonly [string, Carriage, number][] = [
  ['nothing', AS_THEY_ARE, 1500],
  ['IP-in-IP', wrappedIn('IP-in-IP', 20), 1480],
  ['UDP of Flannel', wrappedIn('UDP', 28), 1472],
  ['VXLAN over IPv4', wrappedIn('VXLAN', 50), 1450],
  ['VXLAN over IPv6', wrappedIn('VXLAN', 70), 1430],
  ['WireGuard over IPv4', wrappedIn('WireGuard', 60, true), 1440],
  ['WireGuard over IPv6', wrappedIn('WireGuard', 80, true), 1420],
];

describe('NET-06: the MTU of pods is that between the nodes without what wraps them', () => {
  test.each(ENCAPSULATIONS)('%s', (_what, carriage, expected) => {
    const cluster = clusterOf({ mtu: 1500 });
    const fabric = fabricWith({ links: links(carriage, carriage) });
    expect(podMtuOf(cluster.profile, fabric, new NodeNetwork(cluster))).toBe(expected);
  });

  test.each([
    ['nodes of two subnets', TWO_SUBNETS, 1450],
    ['nodes of one', [{ name: 'all', subnet: '192.168.0.0/24' }], 1500],
    ['a node of nobody knows where', [{ name: 'here', subnet: '192.168.0.0/24' }, { name: 'else' }], 1450],
    ['none declared', [], 1500],
  ])('wrapped across subnets only: %s', (_what, nodes, expected) => {
    const cluster = clusterOf({ mtu: 1500, nodes });
    const fabric = fabricWith({ links: links(AS_THEY_ARE, wrappedIn('VXLAN', 50)) });
    expect(podMtuOf(cluster.profile, fabric, new NodeNetwork(cluster))).toBe(expected);
  });

  test('the plugin may say it, and where nobody says anything nobody knows', () => {
    const cluster = clusterOf({});
    const fabric = fabricWith({ links: links(AS_THEY_ARE, NO_ROUTE), podMtu: { bytes: 1376, field: ['cni', 'mtu'] } });
    expect(podMtuOf(cluster.profile, fabric, new NodeNetwork(cluster))).toBe(1376);
    expect(podMtuOf(cluster.profile, { ...fabric, podMtu: undefined }, new NodeNetwork(cluster))).toBeUndefined();
  });
});

describe('NET-06: packets of pods must fit between the nodes (PTL314)', () => {
  const told = (
    mtu: number | undefined,
    bytes: number | undefined,
    podCidr: string,
    carriage = wrappedIn('VXLAN', 50),
  ) => {
    const podMtu = bytes === undefined ? undefined : { bytes, field: ['cni', 'mtu'] };
    return packetSizes(clusterOf({ mtu, podCidr }), fabricWith({ links: links(carriage, carriage), podMtu }));
  };

  test.each([
    [1500, 1450, []],
    [1500, 1451, [{ code: 'PTL314', field: ['cni', 'mtu'], underlay: 1500, overhead: 50 }]],
    [1400, 1450, [{ code: 'PTL314', mtu: 1450, encapsulation: 'VXLAN' }]],
    [undefined, 9000, []],
    [1500, undefined, []],
  ])('%s bytes between the nodes, %s for pods', (underlay, pods, expected) => {
    expect(told(underlay, pods, '10.244.0.0/16')).toMatchObject(expected);
  });

  test.each([
    [1330, undefined, []],
    [1329, undefined, [{ field: ['mtu'], mtu: 1279, least: 1280 }]],
    [1500, 1200, [{ field: ['cni', 'mtu'], mtu: 1200 }]],
  ])('IPv6 wants 1280: %s bytes between the nodes, %s for pods', (underlay, pods, expected) => {
    expect(told(underlay, pods, 'fd00:10:244::/56')).toMatchObject(expected);
  });

  test('exactly what does not fit is told', () => {
    fc.assert(
      fc.property(fc.nat(9000), fc.nat(9000), fc.nat(120), (underlay, pods, overhead) => {
        const lints = told(underlay + 576, pods, '10.244.0.0/16', wrappedIn('tunnel', overhead));
        expect(lints.length).toBe(pods + overhead > underlay + 576 ? 1 : 0);
      }),
    );
  });
});
