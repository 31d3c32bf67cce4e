import { ApiObject } from 'cdk8s';
import {
  Gateway,
  GatewayController,
  type GatewayProps,
  type GatewayRef,
  GrpcRoute,
  HttpRoute,
  IngressController,
  Listener,
  type PodNetworkProps,
} from 'portolan';
import { Stage } from './stage';

/** The first rule of the app's policy. */
function admittedTo(app: 'web' | 'api', route: (stage: Stage) => unknown, stage = new Stage()) {
  route(stage);
  const policies = stage.shop.node.findAll().filter((child) => ApiObject.isApiObject(child));
  const policy = policies.find(({ kind, name }) => kind === 'NetworkPolicy' && name === app)!.toJson();
  return (policy as { spec: { ingress: object[] } }).spec.ingress[0];
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

describe('whose pods that is', () => {
  const listeners = { http: Listener.http() };
  const letIn = (route: (stage: Stage) => GatewayRef, network?: PodNetworkProps) =>
    JSON.stringify(
      admittedTo(
        'web',
        (stage) => new HttpRoute(stage.shop, 'cart', { gateway: route(stage), routes: { '/': stage.http } }),
        new Stage(network),
      ),
    );
  const own = (props: Partial<GatewayProps<'http'>>, network?: PodNetworkProps) =>
    letIn(({ shop }) => new Gateway(shop, 'own', { className: 'public', listeners, ...props }), network);

  test('the controller of the PodNetwork that has the class says', () => {
    expect(own({ className: 'eg' }, { gateways: [GatewayController.envoy()] })).toContain(
      '"gateway.envoyproxy.io/owning-gateway-name":"own"',
    );
  });

  test('an ingress controller that serves Gateways too uses its own', () => {
    const ingress = [IngressController.traefik()];
    expect(own({ className: 'traefik' }, { ingress })).toContain('"app.kubernetes.io/name":"traefik"');
  });

  test('the Gateway itself may say, whatever its class', () => {
    expect(own({ controller: GatewayController.envoy({ namespace: 'edge' }) })).toContain(
      '"kubernetes.io/metadata.name":"edge"',
    );
  });

  test('a GatewayClass of the app says', () => {
    const rule = letIn(({ shop }) => {
      const gateway = new Gateway(shop, 'own', { className: 'public', listeners });
      new ApiObject(shop, 'class', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: { name: 'public' },
        spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
      });
      return gateway;
    });
    expect(rule).toContain('"gateway.envoyproxy.io/owning-gateway-name":"own"');
  });

  test('of a Gateway of another repository its class', () => {
    const platform = Gateway.existing({ name: 'edge', namespace: 'platform', className: 'eg' });
    expect(letIn(() => platform, { gateways: [GatewayController.envoy()] })).toContain(
      '"gateway.envoyproxy.io/owning-gateway-namespace":"platform"',
    );
  });

  test('where nobody says, pods that carry its name (GEP-1762)', () => {
    expect(letIn(() => Gateway.existing({ name: 'edge', namespace: 'platform' }))).toContain(
      '"gateway.networking.k8s.io/gateway-name":"edge"',
    );
  });
});
