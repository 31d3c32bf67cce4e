import { Network } from '../../../lib/model/network';

const namespace = 'shop';
const api = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', namespace },
  spec: { selector: { app: 'api' }, ports: [{ name: 'http', port: 80 }] },
};
const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace, labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web' }] },
};

describe('Network.resolve', () => {
  const network = Network.from([api, web]);
  const from = network.cluster.podsIn(namespace).find((pod) => pod.podName === 'web')!;

  test('leads a short name through the search list to its Service, whose address nobody knows yet (DNS-22)', () => {
    const found = network.resolve({ name: 'api', from });
    expect(found).toMatchObject({ result: 'found', rcode: 'NOERROR', search: 'shop.svc.cluster.local', doubts: [] });
    expect(found.answers).toMatchObject([{ name: 'api.shop.svc.cluster.local.', type: 'A', data: undefined }]);
    expect(found.targets.map(({ service }) => service.name)).toEqual(['api']);
  });

  test('takes the name as it is where the zone itself is asked', () => {
    expect(network.resolve({ name: 'api.shop.svc.cluster.local' }).result).toBe('found');
    expect(network.resolve({ name: 'api.svc.cluster.local' })).toMatchObject({
      result: 'not-found',
      rcode: 'NXDOMAIN',
    });
  });

  test('takes who asks by name, and answers for all of several pods', () => {
    const spec = (hostAliases: object[]) => ({ containers: [{ name: 'c', image: 'c' }], hostAliases });
    const pod = (name: string, hostAliases: object[] = []) => ({
      ...web,
      metadata: { name, namespace, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' }] },
      spec: spec(hostAliases),
    });
    const alias = { ip: '192.0.2.9', hostnames: ['api'] };
    const answerOf = (...pods: object[]) => Network.from([api, ...pods]).resolve({ name: 'api', from: 'shop/agent' });
    expect(answerOf(pod('agent-1'), pod('agent-2'))).toMatchObject({ result: 'found', by: 'dns', resolver: 'glibc' });
    expect(answerOf(pod('agent-1', [alias]), pod('agent-2'))).toMatchObject({
      result: 'unknown',
      doubts: [{ rule: 'DNS-24' }],
    });
    expect(() => network.resolve({ name: 'api', from: 'shop/nobody' })).toThrow('PTL017');
    expect(() => network.resolve({ name: 'api', from: 'service/shop/api' })).toThrow('only pods have a resolver');
  });

  test('does not know what lies outside the cluster (DNS-16)', () => {
    const found = network.resolve({ name: 'www.example.com', from });
    expect(found).toMatchObject({ result: 'unknown', isUpstream: true, doubts: [{ rule: 'DNS-16' }] });
    expect(found.queries).toHaveLength(4);
  });
});
