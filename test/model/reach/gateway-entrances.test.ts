import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import { deployment, policy, service } from '../../support/manifests';

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const APP = [
  deployment('web', { ports: [{ containerPort: 8080 }] }),
  service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
  {
    apiVersion: GATEWAY_API,
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  },
];
const gatewayClass = (spec: object = {}) => ({
  apiVersion: GATEWAY_API,
  kind: 'GatewayClass',
  metadata: { name: 'istio' },
  spec: { controllerName: 'istio.io/gateway-controller', ...spec },
});
const gateway = (spec: object = {}, annotations?: object) => ({
  apiVersion: GATEWAY_API,
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'shop', annotations },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }], ...spec },
});

function ask(profile: ClusterProfileSpec, ...manifests: readonly object[]) {
  const verdict = Network.from([...APP, ...manifests], profile).route({ url: 'http://shop.example.com/' });
  const { outcome, entering, doubts } = verdict;
  return { outcome, entering, doubts: doubts.map(({ rule }) => rule) };
}

describe('NP-39: clients get to the proxies of a Gateway by a Service that its controller makes', () => {
  const parametersRef = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'inner' };
  const INTERNAL = 'service.beta.kubernetes.io/aws-load-balancer-internal';
  test.each([
    ['an annotation for its type', [gateway({}, { 'networking.istio.io/service-type': 'ClusterIP' })]],
    ['an annotation for what it makes', [gateway({ infrastructure: { annotations: { [INTERNAL]: 'true' } } })]],
    ['parameters of the Gateway', [gateway({ infrastructure: { parametersRef } })]],
    ['parameters of the class', [gateway(), gatewayClass({ parametersRef })]],
  ])('which %s may close', (_, manifests) => {
    const found = ask({ gateways: ['istio'] }, ...manifests);
    expect(found).toEqual({ outcome: 'unknown', entering: 'unknown', doubts: ['NP-39'] });
  });

  test('and what says nothing of the Service closes nothing', () => {
    const told = gateway({ infrastructure: { annotations: { team: 'edge' } } }, { 'cert-manager.io/issuer': 'a' });
    expect(ask({ gateways: ['istio'] }, told)).toEqual({ outcome: 'allowed', entering: 'allowed', doubts: [] });
    const open = gateway({}, { 'networking.istio.io/service-type': 'NodePort' });
    expect(ask({ gateways: ['istio'] }, open)).toMatchObject({ outcome: 'allowed' });
  });
});

describe('GW-02: a GatewayClass that no manifest declares', () => {
  test('leaves open who serves, where the profile names controllers and none has it', () => {
    expect(ask({ gateways: ['envoy'] }, gateway())).toMatchObject({ outcome: 'unknown', doubts: ['GW-02'] });
  });

  test('leaves nothing open where one of them has it, a manifest declares it, or nobody names any', () => {
    expect(ask({ gateways: ['istio'] }, gateway())).toMatchObject({ outcome: 'allowed' });
    expect(ask({ gateways: ['envoy'] }, gateway(), gatewayClass())).toMatchObject({ outcome: 'allowed' });
    expect(ask({}, gateway())).toMatchObject({ outcome: 'allowed' });
  });
});

describe('GW-02: a listener of a Gateway that Traefik serves is at one of its entry points', () => {
  const listening = (port: number) =>
    gateway({ gatewayClassName: 'traefik', listeners: [{ name: 'http', port, protocol: 'HTTP' }] });
  const TRAEFIK = { ingress: ['traefik'] };
  const pods = {
    ...deployment('traefik', { ports: [{ name: 'web', containerPort: 8000 }] }),
    metadata: { name: 'traefik', namespace: 'traefik' },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'traefik' } },
        spec: { containers: [{ name: 'traefik', ports: [{ name: 'web', containerPort: 8000 }] }] },
      },
    },
  };
  const balancer = (port: number) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'traefik', namespace: 'traefik' },
    spec: {
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/name': 'traefik' },
      ports: [{ port, targetPort: 'web' }],
    },
  });

  test('to which clients get by the port that its Service has for it', () => {
    expect(ask(TRAEFIK, listening(8000))).toMatchObject({ outcome: 'allowed' });
    expect(ask(TRAEFIK, listening(8000), pods, balancer(80))).toMatchObject({ outcome: 'allowed' });
    expect(ask(TRAEFIK, listening(8000), pods, balancer(81))).toMatchObject({ outcome: 'denied' });
  });

  test('and where none is known for its port nobody knows', () => {
    expect(ask(TRAEFIK, listening(80))).toMatchObject({ outcome: 'unknown', doubts: ['GW-02'] });
    const declared = ask(TRAEFIK, listening(80), pods, balancer(80));
    expect(declared).toMatchObject({ outcome: 'unknown', doubts: ['GW-02'] });
  });
});

test('NP-03: a policy for the assumed pods of a controller selects somebody, by the ports that its chart names (NP-21)', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'proxies', namespace: 'traefik' },
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 'web' }, { port: 'websecure' }] }] },
  };
  const lints = Network.from([...APP.slice(0, 2), policy], { ingress: ['traefik'] }).lints();
  expect(lints.map(({ code }) => code)).toEqual([]);
});

describe('NP-40: Envoy Gateway may put all Gateways of a class on the same proxies', () => {
  const parametersRef = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'p', namespace: 'infra' };
  const eg = (spec: object) => ({
    ...gatewayClass(),
    metadata: { name: 'eg' },
    spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller', ...spec },
  });
  const shut = policy(
    'shut',
    { podSelector: { matchLabels: { 'gateway.envoyproxy.io/owning-gateway-name': 'public' } } },
    'envoy-gateway-system',
  );
  const envoyProxy = (spec: object) => ({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyProxy',
    metadata: { name: 'p', namespace: 'infra' },
    spec,
  });
  const entering = (...manifests: readonly object[]) =>
    ask({}, gateway({ gatewayClassName: 'eg' }), shut, ...manifests).entering;

  test('which a policy for one Gateway does not select', () => {
    const own = entering(eg({}));
    expect(own).not.toBe(undefined);
    expect(entering(eg({ parametersRef }), envoyProxy({ mergeGateways: false }))).toBe(own);
    expect(entering(eg({ parametersRef }), envoyProxy({ mergeGateways: true }))).toBe(undefined);
    expect(entering(eg({ parametersRef }))).toBe(undefined);
  });
});
