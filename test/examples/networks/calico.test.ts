import { Testing } from 'cdk8s';
import { networkOf, verify } from 'portolan';
import { CalicoCluster } from '../../../examples/networks/calico/cluster';
import { Shop } from '../../../examples/networks/shop/shop';
import { type CalicoObject, refusalsOf } from '../../constructs/managed/calico-crds';

const app = Testing.app();
const cluster = new CalicoCluster(app);
const shop = new Shop(app);
const objects: readonly CalicoObject[] = Testing.synth(cluster);

test('the promises of the shop are kept on the cluster, and nothing is wrong with it', () => {
  const { faults, findings, lints } = verify(shop);
  const about = lints.filter(({ code }) => code.startsWith('PTL3'));
  expect({ faults, findings, about }).toEqual({ faults: [], findings: [], about: [] });
  expect(
    networkOf(shop)
      .lints()
      .filter(({ code }) => code.startsWith('PTL3')),
  ).toEqual([]);
});

test('what is written is what Calico’s CRDs take', () => {
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`)).toEqual([
    'Installation default',
    'APIServer default',
    'IPPool load-balancers',
    'BGPConfiguration default',
    'BGPPeer router-1',
    'BGPPeer router-2',
  ]);
  expect(objects.flatMap(refusalsOf)).toEqual([]);
});

test('the pools of pods are the operator’s, with what all of them have in common', () => {
  const pool = (name: string, cidr: string) => ({
    name,
    cidr,
    encapsulation: 'VXLANCrossSubnet',
    nodeSelector: `topology.kubernetes.io/zone == '${name}'`,
  });
  expect(objects[0].spec).toEqual({
    calicoNetwork: { mtu: 1450, ipPools: [pool('rack-1', '10.244.0.0/17'), pool('rack-2', '10.244.128.0/17')] },
  });
});
