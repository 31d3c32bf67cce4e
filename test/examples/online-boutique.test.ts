import { type ApiObject, type Chart, Testing } from 'cdk8s';
import { Cni, Network, PodNetwork, type PodNetworkProps, verify } from 'portolan';
import { OnlineBoutique } from '../../examples/online-boutique/online-boutique';
import { proofOf } from '../../examples/online-boutique/proof';

const calico: PodNetworkProps = {
  cni: Cni.calico({ encapsulation: 'VXLAN' }),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
};

function shopOn(network: PodNetworkProps): OnlineBoutique {
  const app = Testing.app();
  new PodNetwork(app, 'network', network);
  return new OnlineBoutique(app);
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly type?: string;
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[];
    readonly template?: {
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
      };
    };
  };
}

interface Container {
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
}

function named(chart: Chart, kind: ApiObject['kind'], name: string): Manifest {
  const manifests: readonly Manifest[] = Testing.synth(chart);
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
}

function addressesOf(container: Container): Record<string, string> {
  const written = (container.env ?? []).filter(({ name }) => name.endsWith('_ADDR'));
  return Object.fromEntries(written.map(({ name, value }) => [name, value]));
}

describe('the promises of the Online Boutique', () => {
  test.each<[string, PodNetworkProps]>([
    ['calico', calico],
    ['cilium', { ...calico, cni: Cni.cilium() }],
    ['kindnet', { ...calico, cni: Cni.kindnet() }],
    ['flannel with its policy controller', { ...calico, cni: Cni.flannel({ netpol: true }) }],
  ])('are kept on %s', (_, network) => {
    const { faults, findings, kept } = verify(shopOn(network));
    expect({ faults, findings }).toEqual({ faults: [], findings: [] });
    const promises = [...new Set(kept.map(({ intent }) => intent))];
    expect(promises.filter(({ implied }) => !implied)).toHaveLength(61);
    expect(promises.filter(({ implied }) => implied)).toHaveLength(16);
  });

  test('are broken where nobody reads policies (NP-37)', () => {
    const { findings } = verify(shopOn({ ...calico, cni: Cni.flannel() }));
    expect(findings.map(({ code }) => code)).toEqual(['PTL301']);
  });

  test.each<[string, (shop: OnlineBoutique) => unknown, string]>([
    ['the carts', (shop) => shop.loadGenerator.use(shop.redisCart.port('tcp-redis')), 'redis-cart'],
    ['payment', (shop) => shop.frontend.use(shop.payment.port('grpc')), 'paymentservice'],
  ])('are broken by another way to %s, however it is declared', (_, open, subject) => {
    const shop = shopOn(calico);
    open(shop);
    const { findings } = verify(shop);
    expect(findings.map((finding) => finding.subject)).toContain(subject);
  });

  test('are told on the terminal', () => {
    expect(proofOf(verify(shopOn(calico)))).toBe(
      '77 promises kept on calico, none broken: 61 from promises.ts, 16 from `uses`\n' +
        '38 manifests judged, 13 NetworkPolicies decided: adservice, cartservice, checkoutservice, currencyservice, default-deny, ' +
        'emailservice, frontend, loadgenerator, paymentservice, productcatalogservice, recommendationservice, ' +
        'redis-cart, shippingservice',
    );
  });
});

test('the map within the shop holds its documented calls and nothing else', () => {
  const manifests: readonly object[] = Testing.synth(shopOn(calico));
  const { connections, unknown } = Network.from(manifests, calico).map();
  const inShop = /^online-boutique\/(.+)\[Deployment\]$/;
  const calls = [...connections]
    .filter(({ src, dst }) => inShop.test(src) && inShop.test(dst))
    .map(({ src, dst, traffic }) => `${src.replace(inShop, '$1')} => ${dst.replace(inShop, '$1')} : ${traffic}`);
  expect([...unknown]).toEqual([]);
  expect(calls).toEqual([
    'cartservice => redis-cart : TCP 6379',
    'checkoutservice => cartservice : TCP 7070',
    'checkoutservice => currencyservice : TCP 7000',
    'checkoutservice => emailservice : TCP 8080',
    'checkoutservice => paymentservice : TCP 50051',
    'checkoutservice => productcatalogservice : TCP 3550',
    'checkoutservice => shippingservice : TCP 50051',
    'frontend => adservice : TCP 9555',
    'frontend => cartservice : TCP 7070',
    'frontend => checkoutservice : TCP 5050',
    'frontend => currencyservice : TCP 7000',
    'frontend => productcatalogservice : TCP 3550',
    'frontend => recommendationservice : TCP 8080',
    'frontend => shippingservice : TCP 50051',
    'loadgenerator => frontend : TCP 8080',
    'recommendationservice => productcatalogservice : TCP 3550',
  ]);
});

test.each<[string, Record<string, string>]>([
  [
    'frontend',
    {
      AD_SERVICE_ADDR: 'adservice:9555',
      CART_SERVICE_ADDR: 'cartservice:7070',
      CHECKOUT_SERVICE_ADDR: 'checkoutservice:5050',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      RECOMMENDATION_SERVICE_ADDR: 'recommendationservice:8080',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
    },
  ],
  [
    'checkoutservice',
    {
      CART_SERVICE_ADDR: 'cartservice:7070',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      EMAIL_SERVICE_ADDR: 'emailservice:5000',
      PAYMENT_SERVICE_ADDR: 'paymentservice:50051',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
    },
  ],
  ['recommendationservice', { PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550' }],
  ['cartservice', { REDIS_ADDR: 'redis-cart:6379' }],
  ['loadgenerator', { FRONTEND_ADDR: 'frontend:80' }],
])('%s finds what it calls under the documented addresses', (app, addresses) => {
  const { containers, initContainers } = named(shopOn(calico), 'Deployment', app).spec.template!.spec;
  expect(addressesOf(containers[0])).toEqual(addresses);
  for (const container of initContainers ?? []) expect(addressesOf(container)).toEqual(addresses);
});

test.each([
  ['frontend', 'ClusterIP', 80, 8080],
  ['frontend-external', 'LoadBalancer', 80, 8080],
  ['emailservice', 'ClusterIP', 5000, 8080],
])('Service %s (%s) leads from port %d to %d', (name, type, port, containerPort) => {
  const shop = shopOn(calico);
  const service = named(shop, 'Service', name).spec;
  const [container] = named(shop, 'Deployment', name.replace('-external', '')).spec.template!.spec.containers;
  expect(service).toMatchObject({ type, ports: [{ port }] });
  expect(container.ports).toContainEqual(
    expect.objectContaining({ name: service.ports![0].targetPort, containerPort }),
  );
});
