import { type Chart, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { DnsApp, Ingress, IngressController, Intents, PodNetwork, url, verify } from 'portolan';
import { chartIn } from './manifests';

/** A chart whose objects are all of cdk8s-plus, on a cluster with a controller. */
function plusChart(): { chart: Chart; service: plus.Service; web: plus.Deployment; ingress: plus.Ingress } {
  const app = Testing.app();
  new PodNetwork(app, 'network', { ingress: [IngressController.nginx()] });
  const chart = chartIn('shop', app);
  const web = new plus.Deployment(chart, 'web', {
    containers: [{ image: 'shop/web:3', ports: [{ name: 'http', number: 3000 }] }],
  });
  const service = web.exposeViaService({ name: 'web', ports: [{ port: 80, targetPort: 3000, name: 'http' }] });
  const ingress = new plus.Ingress(chart, 'edge', { className: 'nginx' });
  return { chart, service, web, ingress };
}

const told = (chart: Chart) => verify(chart).findings.map(({ code }) => code);

describe('the Ingress of cdk8s-plus', () => {
  test('routes as it says, and promises about it are kept', () => {
    const { chart, service, web, ingress } = plusChart();
    ingress.addHostRule('shop.example.com', '/cart', plus.IngressBackend.fromService(service));
    const intents = Intents.of(chart);
    intents.expect(url('http://shop.example.com/cart/42')).toRouteTo(web);
    intents.expect(url('http://shop.example.com/cart')).toRouteTo(service);
    intents.expect(url('http://shop.example.com/')).not.toRouteTo(web);
    expect(told(chart)).toEqual([]);
  });

  test('is told where it leads elsewhere than was promised', () => {
    const { chart, service, web, ingress } = plusChart();
    ingress.addHostRule('shop.example.com', '/cart', plus.IngressBackend.fromService(service));
    Intents.of(chart).expect(url('http://shop.example.com/checkout')).toRouteTo(web);
    expect(told(chart)).toHaveLength(1);
  });

  test('takes a path from ours where it is longer, and our promise tells', () => {
    const { chart, service, ingress } = plusChart();
    ingress.addHostRule('shop.example.com', '/api/carts', plus.IngressBackend.fromService(service));
    const api = new DnsApp(chart, 'api', { image: 'shop/api:3', ports: { http: 8080 } });
    new Ingress(chart, 'ours', { host: 'shop.example.com', routes: { '/api/carts': api.port('http') } });
    expect(told(chart)).not.toEqual([]);
  });
});
