import { Testing } from 'cdk8s';
import { Cni, type CniSpec, PodNetwork, verify } from 'portolan';
import { Shop } from '../../examples/networks/shop/shop';

function shopOn(cni: CniSpec): Shop {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    cni,
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.77.0/24',
  });
  return new Shop(app);
}

describe('the promises of one shop', () => {
  test.each<[string, CniSpec]>([
    ['Calico', Cni.calico()],
    ['Weave Net', Cni.weave()],
    ['Cilium', Cni.cilium()],
    ['Flannel with its policy controller', Cni.flannel({ netpol: true })],
    ['kindnet', Cni.kindnet()],
  ])('are kept on %s', (_, cni) => {
    const { faults, findings, kept } = verify(shopOn(cni));
    expect({ faults, findings: findings.map(({ id }) => id) }).toEqual({ faults: [], findings: [] });
    expect(new Set(kept.map(({ intent }) => intent.id)).size).toBe(7);
  });

  test('NP-37: fail on plain Flannel, which reads no policy, for this one reason', () => {
    const { findings, kept } = verify(shopOn(Cni.flannel()));
    expect(findings.map(({ code }) => code)).toEqual(['PTL301']);
    const [{ cause }] = findings;
    const reliant = cause.code === 'PTL301' ? cause.reliant.map(({ id }) => id) : [];
    expect(reliant).toEqual(['shop#1', 'shop#2', 'shop#3', 'shop#4', 'shop#5']);
    expect(kept.map(({ intent }) => intent.id)).toEqual(expect.arrayContaining(['shop/web#uses/shop/api:http']));
  });
});
