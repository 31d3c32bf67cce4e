import { Network } from '../../../lib/model/network';
import { deployment, service } from '../../support/manifests';

const NGINX = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const PORTS = [
  { name: 'http', containerPort: 80 },
  { name: 'https', containerPort: 443 },
];
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};
const app = [
  deployment('web', { ports: [{ containerPort: 8080 }] }),
  service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
  ingress,
];
const controller = (args: readonly string[], https = 'https') => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace: 'ingress-nginx' },
    spec: {
      selector: { matchLabels: NGINX },
      template: { metadata: { labels: NGINX }, spec: { containers: [{ name: 'controller', args, ports: PORTS }] } },
    },
  },
  service(
    'controller',
    {
      type: 'LoadBalancer',
      selector: NGINX,
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'https', port: 443, targetPort: https },
      ],
    },
    'ingress-nginx',
  ),
];
const brief = (url: string, manifests: readonly object[], profile = {}) => {
  const { outcome, doubts } = Network.from([...app, ...manifests], profile).route({ url });
  return [outcome, ...new Set(doubts.map(({ rule }) => rule))].join(' ');
};
const served = { ingress: ['nginx'] };

test.each([
  ['--watch-namespace=other', 'unknown ING-13'],
  ['--controller-class=k8s.io/internal', 'unknown ING-13'],
  ['--ingress-class=internal', 'unknown ING-13'],
  ['--controller-class=k8s.io/ingress-nginx', 'allowed'],
  ['--ingress-class=nginx', 'allowed'],
  ['--election-id=ingress-nginx-leader', 'allowed'],
])('ING-13: what %s of the controller changes', (argument, expected) => {
  expect(brief('http://a.example/', controller(['/nginx-ingress-controller', argument]), served)).toBe(expected);
});

test('ING-16: https that leads to the port for http may end before it, or not at all', () => {
  expect(brief('https://a.example/', controller([], 'http'), served)).toBe('unknown ING-16');
  expect(brief('https://a.example/', controller([]), served)).toBe('allowed');
});

test.each([
  ['http://a.example/', 'allowed'],
  ['http://a.example:9999/', 'unknown ING-16'],
  ['http://a.example:443/', 'unknown ING-16'],
])('ING-16: where nobody describes the controller, %s is %s', (url, expected) => {
  expect(brief(url, [])).toBe(expected);
});

describe('ING-10: what no rule takes', () => {
  const host = {
    ...ingress,
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'a.example',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
          },
        },
      ],
    },
  };
  const asked = (...args: readonly string[]) => {
    const manifests = [...app.slice(0, 2), host, ...controller(args)];
    const { outcome, answers, doubts } = Network.from(manifests, served).route({ url: 'http://b.example/' });
    return [outcome, ...answers.map(({ type }) => type), ...doubts.map(({ rule }) => rule)].join(' ');
  };

  test('is refused, unless the controller is started with a Service for it', () => {
    expect(asked()).toBe('denied answers');
    expect(asked('--default-backend-service=shop/web')).toBe('allowed forwards');
    expect(asked('--default-backend-service=$(POD_NAMESPACE)/spare')).toBe('unknown answers ING-10');
  });
});
