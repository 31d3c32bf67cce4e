import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ReachBy } from '../../lib/intents/intent';
import { made } from '../model/fabric/pod-lints/support';
import { deployment, ns, policy } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const MIGRATE = { name: 'migrate' };
const PROXY = { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'admin', containerPort: 15000 }] };
const WEB = { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] };
const CACHE = { name: 'cache', ports: [{ name: 'redis', containerPort: 6379 }] };
const QUIET = { name: 'quiet' };
const shop = made('shop', { containers: [WEB, CACHE, QUIET], initContainers: [PROXY, MIGRATE] });
/** Nobody gets in, nobody gets out, on a network that enforces it. */
const denied = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const base = [ns('shop'), shop, denied];

const container = (name: string, of: EndpointRef = app('shop')): EndpointRef => ({ kind: 'container', of, name });
const web = container('web');
const cache = container('cache');
const reaches = (subject: EndpointRef, target: EndpointRef, by?: ReachBy) =>
  promise({ verb: 'toReach', negated: false, subject, targets: [target], by });
const keptFrom = (subject: EndpointRef, target: EndpointRef) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });

describe('NET-07, NP-31: containers of one pod reach each other by localhost, whatever policies say', () => {
  test.each<[string, EndpointRef, EndpointRef]>([
    ['a number', web, portOf(cache, 6379)],
    ['a name', web, portOf(cache, 'redis')],
    ['all that it declares', web, cache],
    ['the other way round', cache, portOf(web, 8080)],
    ['SVC-07: a sidecar', web, portOf(container('proxy'), 'admin')],
    ['SVC-07: an init container may use the sidecars before it', container('migrate'), container('proxy')],
    ['from the pod as a whole', app('shop'), portOf(cache, 6379)],
  ])('%s', (_what, subject, target) => {
    const report = checking(base, [reaches(subject, target), reaches(subject, target, 'podIP')]);
    expect([codes(report), report.kept.length]).toEqual([[], 2]);
  });

  test('of several replicas each has its own', () => {
    const many = made('shop', { containers: [WEB, CACHE], replicas: 3 });
    expect(codes(checking([ns('shop'), many, denied], [reaches(web, portOf(cache, 6379))]))).toEqual([]);
  });

  test.each<[string, EndpointRef, string]>([
    [
      'it declares another port',
      portOf(cache, 6380),
      '`containerPort` 6380/TCP of container `cache`, which declares 6379/TCP only',
    ],
    [
      'it declares none',
      portOf(container('quiet'), 1),
      '`containerPort` 1/TCP of container `quiet`, which declares no port',
    ],
    [
      'another container declares it',
      portOf(cache, 8080),
      '`containerPort` 8080/TCP of container `cache`, which declares 6379/TCP only, while `web` declares it',
    ],
  ])('%s: nobody can know who listens', (_what, target, wouldDecide) => {
    const { findings } = checking(base, [reaches(web, target)]);
    expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NET-07', wouldDecide }] } }]);
  });

  test('two that declare one port can not both have it', () => {
    const twins = made('shop', { containers: [WEB, CACHE, { ...CACHE, name: 'other' }] });
    const { findings } = checking([ns('shop'), twins], [reaches(web, portOf(cache, 6379))]);
    expect(findings).toMatchObject([
      {
        code: 'PTL904',
        cause: {
          doubts: [
            {
              wouldDecide: 'which of `cache` and `other` listens on 6379/TCP, as only one of them can: all declare it',
            },
          ],
        },
      },
    ]);
  });

  test.each<[string, EndpointRef, EndpointRef, object]>([
    ['no such container', web, container('cach'), { role: 'target', didYouMean: 'cache' }],
    ['no such port', web, portOf(cache, 'rediss'), { role: 'target', didYouMean: 'redis' }],
    ['a port of the other container', web, portOf(cache, 'http'), { role: 'target' }],
    ['nothing that it declares', web, container('quiet'), { role: 'target', problem: 'it declares no port' }],
    ['SVC-07: an init container is gone', web, portOf(container('migrate'), 80), { role: 'target' }],
    ['SVC-07: what starts after it', container('migrate'), portOf(web, 8080), { role: 'subject' }],
  ])('%s: a promise about nothing', (_what, subject, target, cause) => {
    expect(checking(base, [reaches(subject, target)]).findings).toMatchObject([{ code: 'PTL901', cause }]);
  });
});

describe('NET-07: no policy keeps containers of one pod apart', () => {
  test.each<[string, EndpointRef, EndpointRef]>([
    ['a container', web, cache],
    ['a port that nobody declares', web, portOf(cache, 1)],
    ['from the pod as a whole', app('shop'), cache],
  ])('%s', (_what, subject, target) => {
    const { findings } = checking(base, [keptFrom(subject, target)]);
    expect(findings).toMatchObject([
      { code: 'PTL104', cause: { inPod: true }, blame: { construct: 'Deployment/shop' } },
    ]);
    expect(findings[0].fixes).toEqual([]);
  });

  test('a pod that has no other container has nobody to keep out', () => {
    const alone = made('shop', { containers: [CACHE], replicas: 1 });
    expect(codes(checking([ns('shop'), alone, denied], [keptFrom(app('shop'), cache)]))).toEqual([]);
  });
});

describe('NET-07: to everybody else a container is its pod', () => {
  const api = deployment('api', { ports: [{ containerPort: 80 }] });
  const lets = policy('lets', {
    podSelector: { matchLabels: { app: 'shop' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 8080 }] }],
    egress: [{}],
  });

  test('it is reached where policies let its pod be reached, at its own ports', () => {
    const report = checking([ns('shop'), shop, api, lets], [reaches(app('api'), web), reaches(app('api'), cache)]);
    expect(report.findings.map(({ code, target }) => `${code} ${target}`)).toEqual(['PTL101 cache in shop/shop']);
  });

  test('what is open for the port of another container is no way to it', () => {
    const report = checking([ns('shop'), shop, api, lets], [keptFrom(app('api'), cache), keptFrom(app('api'), web)]);
    expect(report.findings.map(({ code, target }) => `${code} ${target}`)).toEqual(['PTL104 web in shop/shop']);
  });

  test('it reaches what its pod reaches', () => {
    expect(codes(checking([ns('shop'), shop, api, lets], [reaches(web, portOf(app('api'), 80), 'podIP')]))).toEqual([]);
    expect(codes(checking([...base, api], [reaches(web, portOf(app('api'), 80), 'podIP')]))).toEqual(['PTL101']);
  });

  test.each([
    promise({ verb: 'toBeReachedOnlyBy', subject: cache, sources: [web] }),
    promise({ verb: 'toReachOnly', subject: app('api'), targets: [portOf(cache, 6379)] }),
    promise({ verb: 'toBeIsolated', ingress: true, egress: true, subject: web, except: [] }),
    promise({ verb: 'toBeExposedTo', negated: true, subject: app('shop'), zone: internet, except: [web] }),
  ])('who else gets there is told of the pod: %#', (intent) => {
    const { findings } = checking([ns('shop'), shop, api, lets], [intent]);
    expect(findings).toMatchObject([{ code: 'PTL901', cause: { problem: expect.stringContaining('NET-07') } }]);
  });
});
