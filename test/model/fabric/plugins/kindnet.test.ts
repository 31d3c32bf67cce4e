import { fabricLints } from '../support';
import { fabricOf, linksOf, portsOf } from './fabric-of';

const nodes = [
  { name: 'here', subnet: '192.168.1.0/24' },
  { name: 'there', subnet: '192.168.2.0/24' },
];

test('kindnet routes by the addresses of nodes, within one network', () => {
  const both = { cni: 'kindnet', podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'] };
  expect([linksOf(both), portsOf(both)]).toEqual([['4: none, then unreachable', '6: none, then unreachable'], []]);
  expect(fabricLints({ cni: 'kindnet', nodes: [nodes[0]] })).toEqual([]);
  expect(fabricLints({ cni: 'kindnet', nodes })).toEqual(['error PTL317 nodes[1].subnet']);
});

test('NET-04: what leaves the cluster is masqueraded unless it is told otherwise', () => {
  expect(fabricOf({ cni: 'kindnet' }).masquerade).toEqual({ outgoing: true, exceptTo: [] });
  const options = { masquerading: false, noMasqueradeCidr: '10.0.0.0/8' };
  expect(fabricOf({ cni: { name: 'kindnet', ...options } }).masquerade).toEqual({
    outgoing: false,
    exceptTo: ['10.0.0.0/8'],
  });
});
