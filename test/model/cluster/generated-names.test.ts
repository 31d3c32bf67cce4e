import { Network } from '../../../lib/model/network';

const job = (app: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { generateName: 'migrate-', namespace: 'shop' },
  spec: { template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'main' }] } } },
});
const pod = (app: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'migrate-', namespace: 'shop', labels: { app } },
  spec: { containers: [{ name: 'main' }] },
});
const denyAll = (app: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: app, namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'] },
});

const betweenPods = (...manifests: object[]) =>
  [...Network.from(manifests, {}).map().connections].filter(({ src, dst }) => ![src, dst].join().includes('External'));

test.each([
  ['Jobs', 'Job', job],
  ['Pods', 'Pod', pod],
])(
  '%s whose names the API server makes up are as many as there are, though their names begin alike',
  (_, kind, make) => {
    const [first, second] = [`shop/migrate-[${kind}]`, `shop/migrate-#2[${kind}]`];

    expect(betweenPods(make('a'), make('b'), denyAll('a'))).toMatchObject([{ src: first, dst: second }]);
    expect(betweenPods(make('a'), make('b'), denyAll('b'))).toMatchObject([{ src: second, dst: first }]);
  },
);
