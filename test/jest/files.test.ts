import * as path from 'node:path';
import { App } from 'cdk8s';
import { InvalidInputError, internet, Network, namespace, networkOf, pods } from 'portolan';
import 'portolan/jest';
import { inNetworkOf } from 'portolan/jest';
import { Shop } from '../constructs/shop';
import { folderOf } from '../support/folder';
import { fails, messageOf } from './support';

/** An API that lets in the web alone, and lies bare to nobody else. */
const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  selector: { app: api }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 8080 }]
`;

const folder = folderOf({ 'shop.yaml': MANIFESTS });

describe('a network of files', () => {
  const network = Network.fromFiles(folder, { cluster: 'calico' });

  test('is judged by the same verbs', () => {
    expect(network.workload('shop/web')).toReach(network.workload('shop/api').port('http'), { by: 'podIP' });
    expect(network.workload('shop/api[Deployment]')).toBeReachedOnlyBy(network.workload('shop/web'));
    expect(network.service('shop/api')).not.toBeExposedTo(internet);
    expect(inNetworkOf(network, pods({ app: 'web' }, { namespace: 'shop' }))).not.toBeExposedTo(
      network.workload('shop/api'),
      {
        except: [network.workload('shop/web')],
      },
    );
    expect(network.workload('shop/web')).toReach(network.service('shop/api').port(80), { by: 'service' });
  });

  test('tells what is wrong at its line of the file', () => {
    const message = messageOf(() => expect(network.workload('shop/api')).toBeReachedOnlyBy(internet));
    expect(message).toMatch(/^expect\(shop\/api\)\.toBeReachedOnlyBy\(the internet\)/);
    expect(message).toMatch(/shop\.yaml:\d+:\d+/);
  });

  test('is the one that `cluster` says, with NetworkPolicy enforced or not', () => {
    const flannel = Network.fromFiles(folder, { cluster: { cni: 'flannel' } });
    expect(network.workload('shop/api')).not.toReach(network.workload('shop/web'), { by: 'service' });
    expect(fails(() => expect(flannel.service('shop/api')).not.toBeExposedTo(internet))).toBe(true);
    const file = path.join(folderOf({ 'cluster.yaml': 'cni: flannel\n' }), 'cluster.yaml');
    expect(Network.fromFiles(folder, { cluster: file }).cluster.profile.cni.name).toBe('flannel');
  });

  test.each<[string, () => unknown, string]>([
    ['a workload', () => network.workload('shop/wbe'), 'Did you mean "shop/web"?'],
    ['a Service', () => network.service('shop/apii'), 'Did you mean "shop/api"?'],
    ['a port', () => network.workload('shop/api').port('htpp'), 'Did you mean "http"?'],
  ])('misspelt names of %s are told at once', (_, ask, advice) => {
    expect(ask).toThrow(advice);
  });

  test('two networks are two clusters', () => {
    const other = Network.fromFiles(folder);
    const message = messageOf(() => expect(network.workload('shop/web')).toReach(other.workload('shop/api')));
    expect(message).toContain('in two networks');
  });

  test('has a snapshot of its connections', () => {
    expect(network).toMatchConnectivitySnapshot();
  });
});

describe('bad files', () => {
  function refusalOf(make: () => unknown): InvalidInputError {
    try {
      make();
    } catch (error) {
      if (error instanceof InvalidInputError) return error;
    }
    throw new Error('nothing was refused');
  }

  test('are refused with every fault at its line and column', () => {
    const bad = folderOf({ 'a.yaml': MANIFESTS.replace('port: 8080', 'port: 80800'), 'b.yaml': 'kind: [' });
    const { message, faults } = refusalOf(() => Network.fromFiles(bad));
    expect(faults.length).toBeGreaterThan(1);
    expect(message).toMatch(/error\[PTL007\]: .*a\.yaml:35:\d+:/);
    expect(message).toMatch(/error\[PTL001\]: .*b\.yaml:1:\d+:/);
  });

  test('such as none at all, which would forbid everything', () => {
    expect(refusalOf(() => Network.fromFiles(path.join(folder, 'nowhere'))).message).toContain('PTL013');
    // Where the line breaks is up to the path of the folder.
    const { message } = refusalOf(() => Network.fromFiles(folderOf({})));
    expect(message.replaceAll(/\s+/g, ' ')).toContain('no Kubernetes object');
  });

  test('and clusters that are none', () => {
    expect(refusalOf(() => Network.fromFiles(folder, { cluster: 'calicoo' })).message).toContain('calico');
    expect(refusalOf(() => Network.fromFiles(folder, { cluster: 'nowhere.yaml' })).message).toContain('nowhere.yaml');
  });
});

describe('asking without promising', () => {
  const shop = new Shop(new App());
  const network = networkOf(shop);

  test('who reaches whom in an app, by constructs or by names', () => {
    expect(network.reach(shop.api, shop.db, { port: 5432 }).outcome).toBe('allowed');
    const [pair] = network.reach(shop.api, shop.db.port('sql')).pairs;
    expect(pair.hops.map(({ hop }) => hop)).toContain('lookup');
    expect(network.reach(shop.web, shop.db, { port: 5432 }).outcome).toBe('denied');
    expect(network.reach('shop/web', 'shop/db', { port: 5432 }).outcome).toBe('denied');
    expect(network.reach({ from: 'shop/api', to: 'service/shop/db', port: 5432 }).outcome).toBe('allowed');
  });

  test('an end that is not there, or a flow without a port, is refused', () => {
    expect(() => network.reach('shop/wbe', shop.db, { port: 5432 })).toThrow('no manifest declares');
    expect(() => network.reach(namespace('nowhere'), shop.db, { port: 5432 })).toThrow('no manifest declares');
    expect(() => network.reach(shop.api, shop.db)).toThrow('the flow has no port');
  });
});
