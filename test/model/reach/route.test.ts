import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import { deployment, ns, pod, policy, service } from '../../support/manifests';

const URL = 'http://shop.example.com/';
const NGINX = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const web = { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] };
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
        },
      },
    ],
  },
};
const shop = [ns('shop'), ingress, deployment('web', { ports: [{ containerPort: 8080 }] }), service('web', web)];
const proxy = (options: object = {}) =>
  deployment('proxy', { namespace: 'ingress-nginx', labels: NGINX, ports: [{ containerPort: 80 }], ...options });
const front = (spec: object = {}) =>
  service('front', { type: 'LoadBalancer', selector: NGINX, ports: [{ port: 80 }], ...spec }, 'ingress-nginx');
const guard = (app: string, ingress: object[], namespace = 'shop') =>
  policy(app, { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress }, namespace);
const fromIngress = [
  { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }] },
];

function route(more: readonly object[], profile: ClusterProfileSpec = { ingress: ['nginx'] }, url = URL) {
  const { outcome, entering, entrances, backends, doubts } = Network.from([...shop, ...more], profile).route({ url });
  return {
    outcome,
    entering,
    from: [...new Set(entrances.map(({ from }) => from))],
    ways: backends.flatMap(({ ways }) => ways.map(({ from, to, outcome }) => `${from} -> ${to} ${outcome}`)),
    doubts: doubts.map(({ rule }) => rule),
  };
}

describe('the second leg: the proxy to the pods', () => {
  test('NP-40: policies must admit the controller, not the client', () => {
    const anywhere = [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }];
    const profile: ClusterProfileSpec = { ingress: ['nginx'], cni: 'cilium' };
    expect(route([guard('web', anywhere)], profile).outcome).toBe('denied');
    expect(route([guard('web', fromIngress)], profile).outcome).toBe('allowed');
  });

  test('ING-15: on the port of the pod, not that of the Service', () => {
    const on = (port: number) => [{ ...fromIngress[0], ports: [{ port }] }];
    expect(route([guard('web', on(80))]).outcome).toBe('denied');
    expect(route([guard('web', on(8080))]).outcome).toBe('allowed');
  });

  test('ING-15: traffic policies of the Service do not apply to what is sent to its endpoints', () => {
    const local = { ...service('web', { ...web, internalTrafficPolicy: 'Local' }) };
    expect(Network.from([...shop.slice(0, 3), local], { ingress: ['nginx'] }).route({ url: URL }).outcome).toBe(
      'allowed',
    );
  });

  test('NP-05: the egress policies of the controller have their say', () => {
    const locked = policy('all', { podSelector: {}, policyTypes: ['Egress'] }, 'ingress-nginx');
    expect(route([proxy(), front(), locked]).outcome).toBe('denied');
  });

  test('the controller of the manifests stands for itself: its own labels count, and an assumed one is not there', () => {
    const labelled = [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { tier: 'edge' } } }] }];
    const edge = proxy({ labels: { ...NGINX, tier: 'edge' } });
    expect(route([edge, front(), guard('web', labelled)]).ways).toEqual([
      'ingress-nginx/proxy[Deployment] -> shop/web[Deployment] allowed',
    ]);
    expect(route([guard('web', labelled)])).toMatchObject({ outcome: 'unknown', doubts: ['NP-18'] });
  });

  test('ING-13: of two releases in one namespace nobody knows which one serves, where policies tell them apart', () => {
    const release = (name: string) =>
      deployment(name, {
        namespace: 'ingress-nginx',
        labels: { ...NGINX, 'app.kubernetes.io/instance': name },
        ports: [{ containerPort: 80 }],
      });
    const both = [release('a'), release('b'), front()];
    const fromA = guard('web', [
      { from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'a' } } }] },
    ]);
    expect(route([...both, fromA])).toMatchObject({ outcome: 'unknown', doubts: ['ING-13'] });
    expect(route([...both, guard('web', fromIngress)]).outcome).toBe('allowed');
    expect(route([...both, guard('web', [])]).outcome).toBe('denied');
    const shutA = policy(
      'a',
      { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'a' } }, policyTypes: ['Ingress'] },
      'ingress-nginx',
    );
    expect(route([...both, shutA])).toMatchObject({
      entering: 'unknown',
      doubts: expect.arrayContaining(['ING-13']),
    });
  });

  test('NP-30: a controller on the host network may be on the own node of the pod, which nothing shuts out', () => {
    const host = proxy({ hostNetwork: true });
    expect(route([host, guard('web', [])])).toMatchObject({ outcome: 'unknown', doubts: ['NP-30'] });
  });

  test('NP-40: of a proxy that nobody names all is certain where anybody gets in, and nothing else', () => {
    const unknown = { outcome: 'unknown', doubts: expect.arrayContaining(['NP-40']) };
    expect(route([guard('web', fromIngress)], {})).toMatchObject(unknown);
    expect(route([guard('web', [{ from: [{ namespaceSelector: {} }] }])], {})).toMatchObject(unknown);
    const doubts = route([guard('web', [{ ports: [{ port: 8080 }] }])], {}).doubts;
    expect(doubts).not.toContain('NP-40');
  });

  test('some pods of a Service that get it and some that do not make it partial', () => {
    const pods = ['a', 'b'].map((name) => pod(`shop/${name}`, { labels: { app: 'web', name } }));
    const shut = policy('b', { podSelector: { matchLabels: { name: 'b' } } });
    expect(route([...pods, shut]).outcome).toBe('partial');
  });
});

describe('the first leg: clients to the proxy', () => {
  const fromOutside = (cidr: string) => [{ from: [{ ipBlock: { cidr } }] }];
  const edgeGuard = (ingress: object[]) =>
    policy('edge', { podSelector: {}, policyTypes: ['Ingress'], ingress }, 'ingress-nginx');

  test('an assumed controller is reached through a load balancer that nobody declares', () => {
    expect(route([])).toMatchObject({ outcome: 'allowed', entering: 'allowed', from: ['clients outside'] });
  });

  test('SVC-15: unless a declared Service of it opens no door', () => {
    const inside = (spec: object) => {
      return service('ingress-nginx-controller', { selector: { ...NGINX, release: 'a' }, ...spec }, 'ingress-nginx');
    };
    const web80 = inside({ ports: [{ port: 80, targetPort: 'http' }] });
    expect(route([web80])).toMatchObject({ outcome: 'unknown', entering: 'unknown', doubts: ['SVC-15'] });
    expect(route([inside({ ports: [{ port: 443, targetPort: 'webhook' }] })]).outcome).toBe('allowed');
  });

  test('NP-39: with Local the policies of the controller see the client, with Cluster a node', () => {
    const profile: ClusterProfileSpec = { ingress: ['nginx'], nodeCidr: ['10.9.0.0/16'] };
    const entering = (externalTrafficPolicy: string, cidr: string) =>
      route([proxy(), front({ externalTrafficPolicy }), edgeGuard(fromOutside(cidr))], profile).entering;
    expect(entering('Local', '203.0.113.0/24')).toBe('partial');
    expect(entering('Local', '0.0.0.0/0')).toBe('allowed');
    expect(entering('Cluster', '203.0.113.0/24')).toBe('unknown');
  });

  test('NP-39: of an assumed controller nobody knows which of the two its policies see', () => {
    expect(route([edgeGuard(fromOutside('0.0.0.0/0'))]).entering).not.toBe('denied');
    expect(route([edgeGuard([])])).toMatchObject({ entering: 'unknown', doubts: expect.arrayContaining(['NP-39']) });
  });

  test('SVC-17: a load balancer with ranges lets in a part of the clients', () => {
    expect(route([proxy(), front({ loadBalancerSourceRanges: ['203.0.113.0/24'] })]).entering).toBe('partial');
  });

  test('SVC-20: what leads from the port of the URL to a node port no manifest tells, but the node port itself is a door', () => {
    const nodePort = front({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    expect(route([proxy(), nodePort])).toMatchObject({ entering: 'unknown', doubts: ['SVC-20'] });
    expect(route([proxy(), nodePort], { ingress: ['nginx'] }, 'http://shop.example.com:30080/').entering).toBe(
      'allowed',
    );
  });

  test('NET-08: a hostPort, or the host network, is a door', () => {
    expect(route([proxy({ ports: [{ containerPort: 8000, hostPort: 80 }] })]).entering).toBe('allowed');
    expect(route([proxy({ hostNetwork: true })]).entering).toBe('allowed');
  });

  test('SVC-12: a controller without pods takes nothing', () => {
    expect(route([proxy({ replicas: 0 }), front()])).toMatchObject({ outcome: 'denied', entering: 'denied' });
  });

  test('whether an assumed controller has other ports than it is known to have nobody knows', () => {
    expect(route([], { ingress: ['nginx'] }, 'http://shop.example.com:8080/').entering).toBe('unknown');
  });

  test('SVC-15: how clients get to a controller without any door nobody knows', () => {
    expect(route([proxy()])).toMatchObject({ entering: 'unknown', doubts: ['SVC-15'] });
  });
});

describe('what a proxy offers of a pod', () => {
  const throughEdge = (more: readonly object[]) => {
    const network = Network.from([...shop, ...more], { ingress: ['nginx'] });
    const [web] = network.cluster.pods.filter(({ workload }) => workload.name === 'web');
    const client = { addresses: network.cluster.outside, label: 'the internet' };
    return network.offersTo(web).map((offer) => {
      const { outcome, from, to } = network.throughEdge(client, offer);
      return `${from} -> ${offer.url} ${offer.target} -> ${to} ${outcome}`;
    });
  };

  test('is a way in, through both legs', () => {
    expect(throughEdge([])).toEqual(['the internet -> http://shop.example.com/* 8080 -> shop/web[Deployment] allowed']);
    expect(throughEdge([guard('web', [])])[0]).toMatch(/ denied$/);
    const nodePort = front({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    expect(throughEdge([proxy(), nodePort])[0]).toMatch(/ allowed$/);
  });

  test('SVC-22: leads through a Service that is only a name', () => {
    const alias = service('alias', {
      type: 'ExternalName',
      externalName: 'web.shop.svc.cluster.local',
      ports: [{ port: 80 }],
    });
    const other = structuredClone(ingress);
    other.metadata.name = 'other';
    other.spec.rules[0].http.paths[0].backend.service = { name: 'alias', port: { number: 80 } } as never;
    expect(throughEdge([alias, other])).toHaveLength(2);
  });
});
