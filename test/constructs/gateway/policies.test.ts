import { GrpcRoute, HttpRoute } from 'portolan';
import { only } from '../manifests';
import { Stage } from './stage';

/** The first rule of the app's policy. */
function admittedTo(app: 'web' | 'api', route: (stage: Stage) => unknown) {
  const stage = new Stage();
  route(stage);
  return (only(stage.shop, 'NetworkPolicy', app).spec.ingress as object[])[0];
}

const proxy = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra' } },
  podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'public' } },
};

describe('the policies of apps let in the proxy of the Gateway, on the container port (NP-40)', () => {
  test('behind an HttpRoute', () => {
    const rule = admittedTo('web', ({ shop, gateway, http }) => {
      return new HttpRoute(shop, 'cart', { gateway, routes: { '/': http } });
    });
    expect(rule).toEqual({ from: [proxy], ports: [{ port: 3000, protocol: 'TCP' }] });
  });

  test('behind a GrpcRoute', () => {
    const rule = admittedTo('api', ({ shop, gateway, api }) => {
      return new GrpcRoute(shop, 'cart', { gateway, rules: [{ to: api.port('http') }] });
    });
    expect(rule).toEqual({ from: [proxy], ports: [{ port: 8080, protocol: 'TCP' }] });
  });
});
