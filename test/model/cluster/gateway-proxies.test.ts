import { Cluster } from '../../../lib/model/cluster/cluster';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { gatewayProxyOf } from '../../../lib/model/ingress/gateway/gateway-proxy';
import { gateway, gatewayObject, listener } from '../manifest/gateway/objects';
import { read } from '../manifest/reading';

const PUBLIC = gateway(listener(), listener({ name: 'https', port: 443, protocol: 'TCP' }));

function proxyOf(profile: object, ...others: readonly object[]) {
  return proxyOfGateway(PUBLIC, profile, ...others);
}

function proxyOfGateway(asked: object, profile: object, ...others: readonly object[]) {
  const { profile: resolved, faults } = resolveProfile({ object: profile, origin: {} });
  expect(faults).toEqual([]);
  const parsed = read(asked, ...others);
  expect(parsed.faults).toEqual([]);
  const cluster = new Cluster(parsed.resources, resolved);
  const found = gatewayProxyOf(cluster.gatewayApi.gateways[0], cluster);
  if ('doubt' in found) return found.doubt.wouldDecide;
  return found.proxy.pods.map(({ namespace, labels, ports, workload }) => {
    const text = [...labels.known].map(([key, value]) => `${key}=${value}`).join(',');
    return `${workload.provenance} ${namespace.name} ${text} ${ports.map(({ port }) => port)}`;
  });
}

const classOf = (controllerName: string) => gatewayObject('GatewayClass', { controllerName }, 'v1', { name: 'public' });
const LABEL = 'gateway.networking.k8s.io/gateway-name';

describe('NP-40: the proxies of a Gateway', () => {
  test.each([
    ['istio.io/gateway-controller', `assumed shop ${LABEL}=a 80,443`],
    ['gateway.nginx.org/nginx-gateway-controller', `assumed shop ${LABEL}=a 80,443`],
    [
      'gateway.envoyproxy.io/gatewayclass-controller',
      'assumed envoy-gateway-system gateway.envoyproxy.io/owning-gateway-namespace=shop,gateway.envoyproxy.io/owning-gateway-name=a 10080,10443',
    ],
  ])('of %s are where it puts them', (controller, expected) => {
    expect(proxyOf({}, classOf(controller))).toEqual([expected]);
  });

  test('are the pods of the ingress controller that serves Gateways too', () => {
    const expected = ['assumed traefik app.kubernetes.io/name=traefik 8000,8443'];
    expect(proxyOf({ ingress: ['traefik'] }, classOf('traefik.io/gateway-controller'))).toEqual(expected);
    expect(proxyOf({ ingress: [{ name: 'traefik', className: 'public' }] })).toEqual(expected);
  });

  test('are declared pods that carry the label of the Gateway, whatever its controller', () => {
    const labels = { [LABEL]: 'a', app: 'proxy' };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop', labels },
      spec: { containers: [{ ports: [{ containerPort: 8080 }] }] },
    };
    expect(proxyOf({}, pod)).toEqual([`declared shop ${LABEL}=a,app=proxy 8080`]);
  });

  test('are where the profile says', () => {
    const told = { name: 'ours', className: 'public', namespace: 'edge', labels: { app: 'edge' } };
    expect(proxyOf({ gateways: [told] })).toEqual(['assumed edge app=edge 80,443']);
    expect(proxyOf({ gateways: [{ name: 'istio', className: 'public' }] })).toEqual([`assumed shop ${LABEL}=a 80,443`]);
  });

  test('are unknown where nobody says', () => {
    expect(proxyOf({})).toBe('the manifest of GatewayClass public, or `gateways` of the cluster profile');
    const unknown = 'where example.com/ours runs its proxies: `gateways` of the cluster profile';
    expect(proxyOf({}, classOf('example.com/ours'))).toBe(unknown);
  });

  test.each([
    [[{ type: 'Hostname', value: 'gate.istio-system.svc.cluster.local' }], 'the pods behind gate.istio-system'],
    [[{ value: '192.0.2.1' }, { value: '192.0.2.2' }], 'the pods behind 192.0.2.1, 192.0.2.2'],
  ])('are not made where the Gateway is to be found at %j', (addresses, missing) => {
    const manual = gatewayObject('Gateway', { gatewayClassName: 'public', addresses, listeners: [listener()] });
    const istio = classOf('istio.io/gateway-controller');
    expect(proxyOfGateway(manual, { gateways: ['istio'] }, istio)).toContain(missing);
    expect(proxyOfGateway(manual, {}, istio)).toContain(missing);
    const told = { name: 'istio', namespace: 'istio-system', labels: { istio: 'gate' } };
    expect(proxyOfGateway(manual, { gateways: [told] }, istio)).toEqual(['assumed istio-system istio=gate 80']);
  });

  test('are made where the Gateway asks the load balancer for one address', () => {
    const spec = { gatewayClassName: 'public', addresses: [{ value: '192.0.2.1' }], listeners: [listener()] };
    const found = proxyOfGateway(gatewayObject('Gateway', spec), {}, classOf('istio.io/gateway-controller'));
    expect(found).toEqual([`assumed shop ${LABEL}=a 80`]);
  });

  test('are no pods where the controller has others', () => {
    expect(proxyOf({}, classOf('io.cilium/gateway-controller'))).toContain('the Envoy of each node');
  });
});

describe('the `gateways` of a profile', () => {
  test.each([
    ['istio', 'gateways'],
    [[7], 'gateways.0'],
    [['istoi'], 'gateways.0'],
    [[{ name: 'istio', lables: {} }], 'gateways.0.lables'],
    [[{ name: 'istio', labels: {} }], 'gateways.0.labels'],
    [[{ name: 'istio', namespace: 7 }], 'gateways.0.namespace'],
  ])('%j is refused', (gateways, field) => {
    const { faults } = resolveProfile({ object: { gateways }, origin: {} });
    expect(faults).toMatchObject([{ code: 'PTL018', field }]);
  });
});
