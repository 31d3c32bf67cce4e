import { ApiObject, App, Chart } from 'cdk8s';
import {
  AllowDns,
  Cni,
  DefaultDeny,
  DnsApp,
  external,
  Intents,
  NetworkPolicy,
  namespace,
  PodNetwork,
  Port,
  pods,
  Service,
} from 'portolan';

/** Eight mistakes that everybody has made; each alone makes the synth refuse. */
export const DEFECTS = [
  'forgotten-dns',
  'misspelt-label',
  'wrong-target-port',
  'missing-namespace-label',
  'service-port-in-policy',
  'unenforcing-network',
  'wrong-alias',
  'wrong-backend-port',
] as const;

export type Defect = (typeof DEFECTS)[number];

/** A small shop and its monitoring, in two namespaces, with policies written by hand; right unless a defect is asked for. */
export function shopApp(defect?: Defect): App {
  const app = new App();
  new PodNetwork(app, 'network', {
    // culprit: unenforcing-network
    cni: defect === 'unenforcing-network' ? Cni.flannel() : Cni.calico(),
    podCidr: '10.244.0.0/16',
    nodeCidr: '192.168.0.0/24',
  });

  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const monitoring = new Chart(app, 'monitoring', { namespace: 'monitoring' });
  for (const chart of [shop, monitoring]) {
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: chart.namespace } });
  }

  const web = new DnsApp(shop, 'web', { image: 'example/web:1', ports: { http: 3000 }, closed: false });
  const api = new DnsApp(shop, 'api', {
    image: 'example/api:1',
    ports: { http: Port.tcp(8080, { service: false }), metrics: Port.tcp(9090, { service: false }) },
    closed: false,
  });
  const db = new DnsApp(shop, 'db', { image: 'postgres:17', ports: { sql: 5432 }, closed: false });
  const prometheus = new DnsApp(monitoring, 'prometheus', { image: 'prom/prometheus:v3.0.0', closed: false });

  const service = new ApiObject(shop, 'api-service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api' },
    spec: {
      selector: { 'app.kubernetes.io/name': 'api' },
      // culprit: wrong-target-port
      ports: [{ name: 'http', port: 80, targetPort: defect === 'wrong-target-port' ? 'htpp' : 'http' }],
    },
  });

  const toApi = {
    path: '/api',
    pathType: 'Prefix',
    backend: { service: { name: 'api', port: { name: defect === 'wrong-backend-port' ? 'web' : 'http' } } },
  };
  new ApiObject(shop, 'edge', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'edge' },
    // culprit: wrong-backend-port
    spec: { rules: [{ host: 'shop.example.com', http: { paths: [toApi] } }] },
  });

  // culprit: forgotten-dns
  new DefaultDeny(shop, 'default-deny', { directions: ['egress'] });
  if (defect !== 'forgotten-dns') new AllowDns(shop, 'dns');
  new NetworkPolicy(shop, 'web-out', { appliesTo: web, allowTo: [{ to: [api], ports: [8080] }] });
  new NetworkPolicy(shop, 'api-out', { appliesTo: api, allowTo: [{ to: [db] }] });

  new NetworkPolicy(shop, 'api-in', {
    appliesTo: api,
    // culprit: service-port-in-policy
    allowFrom: [{ from: [web], ports: [defect === 'service-port-in-policy' ? 80 : 8080] }],
  });

  const scrapers =
    defect === 'missing-namespace-label'
      ? pods({}, { namespaceLabels: { team: 'observability' } })
      : namespace('monitoring');
  new NetworkPolicy(shop, 'api-metrics', {
    appliesTo: api,
    // culprit: missing-namespace-label
    allowFrom: [{ from: [scrapers], ports: [9090] }],
  });

  new NetworkPolicy(shop, 'db-in', {
    // culprit: misspelt-label
    appliesTo: pods({ 'app.kubernetes.io/name': defect === 'misspelt-label' ? 'bd' : 'db' }),
    allowFrom: [{ from: [api], ports: [5432] }],
  });

  const ledger = new Service(shop, 'ledger', {
    type: 'ExternalName',
    // culprit: wrong-alias
    externalName: defect === 'wrong-alias' ? 'ledger.example.org' : 'ledger.example.com',
  });

  const intents = Intents.of(shop);
  intents.expect(web).toReach(service);
  intents.expect(api).toReach(db.port('sql'));
  intents.expect(db).toBeReachedOnlyBy(api).because('card data');
  intents
    .expect(api)
    .toResolve(ledger.dnsName)
    .to(external('ledger.example.com', { ports: { sql: 5432 } }));
  intents.expect(prometheus).toReach(api.port('metrics'), { by: 'podIP' });
  return app;
}
