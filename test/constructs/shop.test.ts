import { type App, Testing } from 'cdk8s';
import { Cni, IngressController, PodNetwork } from 'portolan';
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

test('the shop of the README synthesizes', () => {
  expect(Testing.synth(shop().shop)).not.toHaveLength(0);
});

test('the same shop gives the same bytes', () => {
  expect(shop().app.synthYaml()).toBe(shop().app.synthYaml());
});
