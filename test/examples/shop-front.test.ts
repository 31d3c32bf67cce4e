import { Testing } from 'cdk8s';
import { Cni, type CniSpec, GatewayController, Ingress, IngressController, PodNetwork, verify } from 'portolan';
import { Platform } from '../../examples/shop-front/platform';
import { Shop } from '../../examples/shop-front/shop';

function shopOn(cni: CniSpec = Cni.calico()): Shop {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    cni,
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.0.0/24',
    ingress: [IngressController.nginx()],
    gateways: [GatewayController.envoy()],
  });
  return new Shop(app, new Platform(app).gateway);
}

test.each([Cni.calico(), Cni.cilium(), Cni.kindnet()])('the promises of the shop front are kept on %j', (cni) => {
  const { faults, findings, lints, kept } = verify(shopOn(cni));
  expect({ faults, findings, lints }).toEqual({ faults: [], findings: [], lints: [] });
  const ids = [...new Set(kept.map(({ intent }) => intent.id))];
  expect(ids.filter((id) => id.includes('#routes/'))).toEqual([
    'shop/front#routes/https://shop.example.com/',
    'shop/front#routes/https://shop.example.com/api/cart',
    'shop/front#routes/https://shop.example.com/api/cart/health',
    'shop/orders-route#routes/https://orders.partners.example.com/v1',
    'shop/orders-route#routes/https://orders.partners.example.com/v1 X-Preview: yes',
  ]);
});

test('a route to the staff’s app is refused', () => {
  const shop = shopOn();
  new Ingress(shop, 'back', {
    host: 'shop.example.com',
    routes: { '/admin': shop.admin.port('http') },
    tls: 'shop-tls',
  });
  const told = verify(shop).findings.map(({ promise }) => promise);
  expect(told).toEqual([
    'expect(namespace shop).not.toBeExposedTo(the internet, { except: [web, cart, orders, orders-preview] })',
    'expect(https://shop.example.com/admin).not.toRouteTo(admin)',
  ]);
});
