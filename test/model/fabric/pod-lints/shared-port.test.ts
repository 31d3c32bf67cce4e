import { allLints, lintsOf, made } from './support';

const web = { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] };
const on = (containerPort: number, more: object = {}) => ({ name: 'side', ports: [{ containerPort, ...more }] });
const pod = (containers: readonly object[], initContainers?: readonly object[]) =>
  made('web', { containers, initContainers });
const CONTAINERS = 'spec.template.spec.containers';

describe('PTL320: containers of a pod declare one port (NET-07)', () => {
  test('it fires at the second, as a warning, and tells the first', () => {
    const manifests = [pod([web, on(8080)])];
    expect(allLints(manifests)).toEqual([`warning PTL320 shop/web ${CONTAINERS}[1].ports[0].containerPort`]);
    expect(lintsOf('PTL320', manifests)).toMatchObject([{ port: '8080/TCP', containers: ['web', 'side'] }]);
  });

  test('it fires for a Pod, and for the pods of a CronJob', () => {
    const containers = [web, on(8080)];
    const made2 = ['Pod', 'CronJob'].map((kind) => made('web', { kind, containers }));
    expect(made2.map((each) => lintsOf('PTL320', [each]).length)).toEqual([1, 1]);
  });

  test('SVC-07: an init container that stays, a sidecar, is beside the others', () => {
    const manifests = [pod([web], [{ ...on(8080), restartPolicy: 'Always' }])];
    expect(allLints(manifests)).toEqual([`warning PTL320 shop/web ${CONTAINERS}[0].ports[0].containerPort`]);
    expect(lintsOf('PTL320', manifests)[0].containers).toEqual(['side', 'web']);
  });

  test.each<[string, readonly object[], readonly object[]]>([
    ['other numbers', [web, on(9090)], []],
    ['another protocol', [web, on(8080, { protocol: 'UDP' })], []],
    ['one container, by two names', [{ ports: [...web.ports, { name: 'metrics', containerPort: 8080 }] }], []],
    ['SVC-07: an init container that is gone', [web], [on(8080)]],
  ])('%s: it does not fire', (_what, containers, init) => {
    expect(allLints([pod(containers, init)])).toEqual([]);
  });
});

describe('PTL320: containers of a pod call two ports by one name (NET-07, SVC-07)', () => {
  test('it fires at the second: the first is what the name means', () => {
    const manifests = [pod([web, on(9090, { name: 'http' })])];
    expect(allLints(manifests)).toEqual([`warning PTL320 shop/web ${CONTAINERS}[1].ports[0].name`]);
    expect(lintsOf('PTL320', manifests)).toMatchObject([
      { problem: 'name', port: 'http', ports: ['8080/TCP', '9090/TCP'] },
    ]);
  });

  test('one port with one name is told once', () => {
    expect(lintsOf('PTL320', [pod([web, on(8080, { name: 'http' })])]).map(({ problem }) => problem)).toEqual([
      'number',
    ]);
  });
});
