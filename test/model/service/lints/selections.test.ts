import { deployment, ns, pod, service } from '../../../support/manifests';
import { allLints, lintsOf } from './support';

const api = deployment('api', {
  labels: { app: 'api', tier: 'back' },
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
  ],
});
const web = deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] });
const to = (selector: object | undefined, port: object = {}, namespace?: string) =>
  service('api', { selector, ports: [{ port: 80, ...port }] }, namespace);

describe('PTL230: a Service selects no pod (SVC-02)', () => {
  test.each<[string, object, object]>([
    ['a slip in a value', { app: 'apii' }, { culprit: 'app=apii', didYouMean: 'app=api', workloads: 2 }],
    ['a slip in a key', { ap: 'api' }, { culprit: 'ap=api', didYouMean: 'app=api' }],
    ['a value that is near to none', { app: 'prometheus' }, { culprit: 'app=prometheus', didYouMean: undefined }],
    ['labels that no pod has together', { app: 'web', tier: 'back' }, { selector: 'app=web,tier=back' }],
    ['a value that others of the label have', { app: 'api', tier: 'front' }, { culprit: 'tier=front' }],
  ])('%s: it fires', (_what, selector, detail) => {
    expect(allLints([api, web, to(selector)])).toEqual(['warning PTL230 shop/api spec.selector']);
    expect(lintsOf('PTL230', [api, web, to(selector)])).toEqual([expect.objectContaining(detail)]);
  });

  test('NP-44: it fires for a Service in the wrong namespace, with the right one', () => {
    const [lint] = lintsOf('PTL230', [api, to({ app: 'api' }, {}, 'default')]);
    expect(lint).toMatchObject({ workloads: 0, namespaceMeant: 'shop', field: ['metadata', 'namespace'] });
  });

  test('SVC-30: it tells of pods in other namespaces that it would select', () => {
    const db = deployment('db', { namespace: 'data', labels: { app: 'db', role: 'primary' } });
    const dbb = deployment('dbb');
    expect(lintsOf('PTL230', [api, dbb, db, to({ app: 'db' })])).toEqual([
      expect.objectContaining({ elsewhere: ['data/db'], didYouMean: undefined }),
    ]);
    const other = deployment('db', { labels: { app: 'db' } });
    expect(lintsOf('PTL230', [other, db, to({ app: 'db', role: 'primary' })])[0].elsewhere).toEqual(['data/db']);
  });

  test.each<[string, readonly object[]]>([
    ['a pod is selected', [api, to({ app: 'api' })]],
    ['SVC-03: only finished pods are', [api, pod('shop/job', { phase: 'Succeeded' }), to({ app: 'job' })]],
    ['no pod is declared anywhere', [to({ app: 'api' })]],
    ['the pods of its namespace are made elsewhere', [api, to({ app: 'other' }, {}, 'ops')]],
    ['its namespace is declared, and its pods are not', [api, ns('ops'), to({ app: 'api' }, {}, 'ops')]],
    ['an operator sets a label while pods run', [api, to({ app: 'api', role: 'primary' })]],
    [
      'SVC-22: it is a mere name',
      [api, service('api', { type: 'ExternalName', externalName: 'a.b', selector: { x: 'y' } })],
    ],
  ])('%s: it does not fire', (_what, manifests) => {
    expect(allLints(manifests)).toEqual([]);
  });

  test('a slip in one of several labels is told, though the others select pods', () => {
    expect(lintsOf('PTL230', [api, to({ app: 'api', teir: 'back' })])).toEqual([
      expect.objectContaining({ culprit: 'teir=back', didYouMean: 'tier=back' }),
    ]);
  });
});

describe('PTL231: pods lack the named target port (SVC-07)', () => {
  test.each<[string, readonly object[], object]>([
    [
      'no pod has the name',
      [api, to({ app: 'api' }, { targetPort: 'htpp' })],
      { port: 'htpp/TCP', problem: 'no-such-name', has: ['dns/UDP', 'http/TCP'], didYouMean: 'http' },
    ],
    [
      'the pods have it with another protocol',
      [api, to({ app: 'api' }, { targetPort: 'dns' })],
      { port: 'dns/TCP', problem: 'other-protocol', didYouMean: undefined },
    ],
    [
      'one of two workloads lacks it',
      [api, deployment('old', { labels: { app: 'api' } }), to({ app: 'api' }, { targetPort: 'http' })],
      { problem: 'some-lack', lacking: ['shop/old[Deployment]'] },
    ],
  ])('%s: it fires', (_what, manifests, detail) => {
    expect(allLints(manifests)).toEqual(['warning PTL231 shop/api spec.ports[0].targetPort']);
    expect(lintsOf('PTL231', manifests)).toEqual([expect.objectContaining(detail)]);
  });

  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'main' }] } } },
  };

  test.each<[string, readonly object[]]>([
    ['SVC-07: the numbers differ', [api, web, to({ app: 'api' }, { targetPort: 'http' })]],
    ['SVC-06: a number needs no declaration', [api, to({ app: 'api' }, { targetPort: 9999 })]],
    ['a Job that shares the labels has no ports', [api, job, to({ app: 'api' }, { targetPort: 'http' })]],
    ['SVC-02: nothing is selected', [to(undefined, { targetPort: 'http' }), slice()]],
  ])('%s: it does not fire', (_what, manifests) => {
    expect(lintsOf('PTL231', manifests)).toEqual([]);
  });

  function slice(): object {
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'api-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
      addressType: 'IPv4',
      ports: [{ port: 80 }],
      endpoints: [],
    };
  }
});
