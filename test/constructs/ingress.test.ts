import { Testing } from 'cdk8s';
import { DnsApp, external, Ingress, IngressController, PodNetwork, Port } from 'portolan';
import { chartIn, only } from './manifests';

const image = 'shop/web:3';

function edge(ingress: readonly (string | { name: string })[] = ['nginx']) {
  const app = Testing.app();
  const chart = chartIn('shop', app);
  const web = new DnsApp(chart, 'web', { image, ports: { http: Port.tcp(3000, { service: 80 }) } });
  new Ingress(chart, 'edge', { host: 'shop.example.com', routes: { '/': web.port('http') }, tls: 'shop-tls' });
  new PodNetwork(app, 'network', { ingress });
  return chart;
}

test('an Ingress leads to the Service port by name, in the class of the controller', () => {
  expect(only(edge(), 'Ingress').spec).toEqual({
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
        },
      },
    ],
    tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
  });
});

test('the pods of the controller may reach the container port of the app (ING-15)', () => {
  const controller = IngressController.nginx({ namespace: 'edge', labels: { app: 'nginx' } });
  expect(only(edge([controller]), 'NetworkPolicy').spec.ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
          podSelector: { matchLabels: { app: 'nginx' } },
        },
      ],
      ports: [{ port: 3000, protocol: 'TCP' }],
    },
  ]);
});

test('a cluster without a known controller is told to the author', () => {
  expect(() => Testing.synth(edge([]))).toThrow('[shop/edge] no ingress controller is known');
});

describe('an Ingress can only lead to a Service of its own namespace', () => {
  const route = (port: Parameters<DnsApp['use']>[0]) => () =>
    new Ingress(chartIn('shop'), 'edge', { host: 'a.example.com', routes: { '/': port as never } });
  const web = (chart = chartIn('other')) =>
    new DnsApp(chart, 'web', { image, ports: { http: 80, admin: Port.tcp(81, { service: false }) } });

  test('not of another', () => {
    expect(route(web().port('http'))).toThrow('an Ingress reaches Services of its own namespace "shop" only');
  });

  test('not to a port outside the Service', () => {
    expect(route(web(chartIn('shop')).port('admin'))).toThrow('it is in no Service of the cluster');
  });

  test('not to a host outside the cluster', () => {
    expect(route(external('example.com', { ports: { https: 443 } }).port('https'))).toThrow(
      'it is in no Service of the cluster',
    );
  });
});
