import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Deployment, Pod } from 'cdk8s-plus-28';
import { ClusterNetworkPolicy, DnsApp, Intents, namespace, Service } from 'portolan';
import { isPatchedLater } from '../../lib/synth/patches';

const NOTE = 'note      created here; patched later, so that the line to mend may be that of a patch\n';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', labels: { tier: 'back' }, annotations: { team: 'shop' } },
  spec: { selector: { app: 'api' }, ports: [{ port: 80 }] },
};

function shop(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop', labels: { part: 'shop' } });
}

test('objects as they were created are not patched, whoever made them', () => {
  const chart = shop();
  const app = new DnsApp(chart, 'app', { image: 'a', ports: { http: 80 } });
  new DnsApp(chart, 'job', { image: 'a', kind: 'CronJob', schedule: '@daily' });
  new ClusterNetworkPolicy(chart, 'admin', {
    tier: 'Admin',
    priority: 1,
    subject: app,
    ingress: [{ action: 'Deny', from: [namespace('ops')] }],
  });
  new Service(chart, 'front', { selector: app, ports: { http: 80 } });
  new ApiObject(chart, 'raw', service);
  new Pod(chart, 'pod', { containers: [{ image: 'a' }] });
  const plus = new Deployment(chart, 'plus', {
    containers: [{ image: 'a', portNumber: 80 }],
    metadata: service.metadata,
  });
  plus.exposeViaIngress('/');
  expect(chart.node.findAll().filter(isPatchedLater)).toEqual([]);
});

test.each<[string, (object: ApiObject) => void]>([
  ['a patch', (object) => object.addJsonPatch(JsonPatch.replace('/spec/selector/app', 'aip'))],
  ['a label', (object) => object.metadata.addLabel('app', 'api')],
  ['another value of a label', (object) => object.metadata.addLabel('tier', 'front')],
  ['an annotation', (object) => object.metadata.addAnnotation('nginx.ingress.kubernetes.io/rewrite-target', '/')],
])('%s makes an object one that was patched', (_, patch) => {
  const chart = shop();
  const raw = new ApiObject(chart, 'raw', service);
  const app = new DnsApp(chart, 'app', { image: 'a' });
  for (const object of [raw, ApiObject.of(app.workload)]) {
    patch(object);
    expect(isPatchedLater(object)).toBe(true);
  }
});

test('what is no API object, or of another make, counts as it was created', () => {
  const chart = shop();
  const other = Object.assign(new ApiObject(chart, 'other', service), { patches: { size: 1 }, props: undefined });
  expect([chart, other].map(isPatchedLater)).toEqual([false, false]);
});

describe('an error blames the creation line of a patched object and says so', () => {
  function refusal(app: string, patch: (object: ApiObject) => void): string {
    const chart = shop();
    const web = new DnsApp(chart, 'web', { image: 'a', closed: false });
    new DnsApp(chart, 'back', { image: 'a', closed: false, ports: { http: 80 } });
    const selector = { 'app.kubernetes.io/name': app };
    const object = new ApiObject(chart, 'api', { ...service, spec: { ...service.spec, selector } });
    patch(object);
    Intents.of(chart).expect(web).toReach(object);
    try {
      chart.toJson();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was refused';
  }

  const created = /\n +\d+ . .*object = new ApiObject\(chart, 'api'/;

  test('a broken promise', () => {
    const text = refusal('back', (object) => object.addJsonPatch(JsonPatch.add('/spec/selector', { app: 'nobody' })));
    expect(text).toContain('error[PTL202]');
    expect(text).toMatch(created);
    expect(text).toContain(NOTE);
  });

  test('an invalid field', () => {
    const text = refusal('back', (object) => object.addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 99999)));
    expect(text).toContain('the manifests are invalid');
    expect(text).toMatch(created);
    expect(text).toContain(NOTE);
  });

  test('and says nothing of patches where there are none', () => {
    expect(refusal('back', () => {})).toBe('nothing was refused');
    const text = refusal('nobody', () => {});
    expect(text).toMatch(created);
    expect(text).not.toContain(NOTE);
  });
});
