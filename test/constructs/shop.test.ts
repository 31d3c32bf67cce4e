import { type App, Testing } from 'cdk8s';
import { Cni, IngressController, PodNetwork, verify } from 'portolan';
import { Shop } from './shop';

function shop(): { app: App; shop: Shop } {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    cni: Cni.calico({ encapsulation: 'VXLAN' }),
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    ingress: [IngressController.nginx()],
  });
  return { app, shop: new Shop(app) };
}

test('the shop synthesizes', () => {
  expect(Testing.synth(shop().shop)).not.toHaveLength(0);
});

test('and keeps every promise, those that its apps imply included', () => {
  const { findings, kept } = verify(shop().app);
  expect(findings).toEqual([]);
  expect(kept.map(({ intent }) => intent.id)).toEqual([
    'shop/api#uses/shop/db:sql',
    'shop/web#uses/shop/api:http',
    'shop/edge#routes/https://shop.example.com/',
    'shop#1',
    'shop#2',
    'shop#3',
    'shop#4',
    'shop#5',
  ]);
});

test('the same shop gives the same bytes', () => {
  expect(shop().app.synthYaml()).toBe(shop().app.synthYaml());
});
