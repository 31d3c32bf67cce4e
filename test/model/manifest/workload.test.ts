import { faultsOf, pod, read, readOne } from './reading';

const template = (spec: unknown = {}) => ({ metadata: { labels: { app: 'db' } }, spec });
const workload = (kind: string, apiVersion: string, spec: unknown) => ({
  apiVersion,
  kind,
  metadata: { name: 'db' },
  spec,
});
const portsOf = (spec: unknown) => readOne('pod', pod(spec)).template.ports;

describe('workloads of every kind', () => {
  test.each([
    ['Deployment', 'apps/v1'],
    ['Deployment', 'extensions/v1beta1'],
    ['StatefulSet', 'apps/v1'],
    ['DaemonSet', 'apps/v1beta2'],
    ['ReplicaSet', 'apps/v1'],
  ])('%s of %s', (kind, apiVersion) => {
    const selector = { matchLabels: { app: 'db' } };
    const found = readOne('workload', workload(kind, apiVersion, { replicas: 3, selector, template: template() }));
    expect(found).toMatchObject({ apiVersion, kind, name: 'db', namespace: 'default', replicas: 3 });
    expect(String(found.selector)).toBe('app=db');
    expect([...found.template.labels]).toEqual([['app', 'db']]);
  });

  test.each([[{ app: 'db' }], [{}], [null]])('ReplicationController with a selector of %j', (selector) => {
    const found = readOne('workload', workload('ReplicationController', 'v1', { selector, template: template() }));
    expect(String(found.selector)).toBe('app=db');
  });

  test('Job and CronJob leave the selector to the controller', () => {
    const job = readOne('workload', workload('Job', 'batch/v1', { template: template() }));
    const cronJob = readOne(
      'workload',
      workload('CronJob', 'batch/v1', { jobTemplate: { spec: { template: template() } } }),
    );
    expect([job.selector, cronJob.selector]).toEqual([undefined, undefined]);
    expect(cronJob.template.labels.get('app')).toBe('db');
  });

  test('a Deployment without a selector, or with one for other pods, still has the pods of its template', () => {
    const absent = readOne('workload', workload('Deployment', 'apps/v1', { template: template() }));
    expect(String(absent.selector)).toBe('app=db');
    const stray = { selector: { matchLabels: { app: 'web' } }, template: template() };
    expect(readOne('workload', workload('Deployment', 'apps/v1', stray)).template.labels.get('app')).toBe('db');
  });

  test('DNS-06: a StatefulSet names its governing Service', () => {
    const spec = { serviceName: 'db', template: template() };
    expect(readOne('workload', workload('StatefulSet', 'apps/v1', spec)).serviceName).toBe('db');
  });

  test.each([
    ['no template', {}, ['PTL003 spec.template']],
    ['replicas in quotes', { replicas: '3', template: template() }, ['PTL002 spec.replicas -> 3']],
    [
      'labels that are none',
      { template: { metadata: { labels: { 'a b': '' } }, spec: {} } },
      ['PTL014 spec.template.metadata.labels[a b]'],
    ],
  ])('%s is refused', (_what, spec, faults) => {
    expect(faultsOf(workload('Deployment', 'apps/v1', spec))).toEqual(faults);
  });
});

describe('the part of a pod that the network looks at', () => {
  test('the defaults of the API server', () => {
    expect(readOne('pod', pod({ containers: [] }))).toMatchObject({
      template: { hostNetwork: false, dnsPolicy: 'ClusterFirst', serviceAccount: 'default', ports: [] },
      addresses: [],
      ready: undefined,
      phase: undefined,
      terminating: false,
    });
  });

  test('SVC-07: restartable init containers serve ports, others do not', () => {
    const ports = (containerPort: number) => [{ containerPort, name: `p-${containerPort}` }];
    const spec = {
      initContainers: [{ ports: ports(1) }, { ports: ports(2), restartPolicy: 'Always' }],
      containers: [{ ports: ports(3) }, { ports: null }],
    };
    expect(portsOf(spec).map(({ port }) => port)).toEqual([3, 2]);
  });

  test("NET-08: a pod in its node's network has its ports on the node", () => {
    const containers = [{ ports: [{ containerPort: 9100 }] }];
    expect(portsOf({ hostNetwork: true, containers })).toMatchObject([{ port: 9100, hostPort: 9100 }]);
    expect(portsOf({ containers })).toMatchObject([{ port: 9100, hostPort: undefined }]);
  });

  test('a declaration without a number gives its name to nothing', () => {
    expect(portsOf({ containers: [{ ports: [{ name: 'http', containerport: 80 }] }] })).toEqual([]);
  });

  test('what a live dump tells of the pod', () => {
    const conditions = [
      { type: 'Initialized', status: 'True' },
      { type: 'Ready', status: 'False' },
    ];
    const status = { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }], conditions };
    const found = readOne('pod', {
      ...pod({ nodeName: 'n1', serviceAccount: 'old', containers: [] }, { status }),
      metadata: { name: 'db-0', namespace: 'shop', deletionTimestamp: '2026-01-01T00:00:00Z' },
    });
    expect(found).toMatchObject({ phase: 'Running', ready: false, terminating: true });
    expect(found.template).toMatchObject({ nodeName: 'n1', serviceAccount: 'old' });
    expect(found.addresses.map(({ family }) => family)).toEqual([4, 6]);
    expect(readOne('pod', pod({}, { status: { podIP: '10.0.0.1' } })).addresses).toHaveLength(1);
    expect(readOne('pod', pod({}, { status: { podIP: '' } })).addresses).toHaveLength(0);
  });

  test.each([
    ['a protocol', [{ containerPort: 80, protocol: 'http' }], ['PTL004 .protocol']],
    ['a number in quotes', [{ containerPort: '80' }], ['PTL002 .containerPort -> 80']],
    ['a number too large', [{ containerPort: 65536 }], ['PTL007 .containerPort']],
    ['NP-24: a name without a letter', [{ containerPort: 80, name: '80' }], ['PTL009 .name -> 80']],
    ['NP-24: a name too long', [{ containerPort: 80, name: 'a-very-long-name' }], ['PTL009 .name']],
    ['a host port', [{ containerPort: 80, hostPort: 70000 }], ['PTL007 .hostPort']],
  ])('%s is refused', (_what, ports, faults) => {
    const expected = faults.map((fault) => fault.replace(' ', ' spec.containers[0].ports[0]'));
    expect(faultsOf(pod({ containers: [{ ports }] }))).toEqual(expected);
  });

  test('two ports of one name in a container are refused', () => {
    const ports = [
      { containerPort: 80, name: 'a' },
      { containerPort: 81, name: 'a' },
    ];
    expect(faultsOf(pod({ containers: [{ ports }] }))).toEqual(['PTL019 spec.containers[0].ports[1]']);
  });

  test("NET-08: a host port that differs is refused for a pod in its node's network", () => {
    const containers = [{ ports: [{ containerPort: 80, hostPort: 8080 }] }];
    expect(faultsOf(pod({ hostNetwork: true, containers }))).toEqual(['PTL007 spec.containers[0].ports[0].hostPort']);
  });

  describe('NET-08: the API server refuses one port of the node twice', () => {
    const on = (port: object) => ({ name: 'main', ports: [port] });
    const again = 'PTL019 spec.containers[1].ports[0]';

    test.each<[string, object, readonly string[]]>([
      ['by hostPort', { containers: [on(at(80)), on(at(81))] }, [`${again}.hostPort`]],
      [
        'by hostNetwork',
        { hostNetwork: true, containers: [on({ containerPort: 80 }), on({ containerPort: 80 })] },
        [`${again}.containerPort`],
      ],
      ['another protocol', { containers: [on(at(80)), on(at(80, { protocol: 'UDP' }))] }, []],
      ['an address and none are two to it', { containers: [on(at(80)), on(at(80, { hostIP: '10.0.0.1' }))] }, []],
      ['an init container alone', { initContainers: [on(at(80))], containers: [on(at(80))] }, []],
    ])('%s', (_what, spec, faults) => {
      expect(faultsOf(pod(spec))).toEqual(faults);
    });

    function at(containerPort: number, more: object = {}): object {
      return { containerPort, hostPort: 8080, ...more };
    }
  });
});

test('owners: the controller first; a kind that is not named is empty', () => {
  const owned = (...ownerReferences: object[]) =>
    readOne('pod', { ...pod({}), metadata: { name: 'a', ownerReferences } }).owner;
  expect(owned({ kind: 'Node', name: 'n' }, { kind: 'ReplicaSet', name: 'web-1', controller: true })).toEqual({
    kind: 'ReplicaSet',
    name: 'web-1',
  });
  expect(owned({ name: 'web' })).toEqual({ kind: '', name: 'web' });
  expect(owned()).toBeUndefined();
});

test('nodes and namespaces are cluster-wide', () => {
  const status = {
    addresses: [
      { type: 'Hostname', address: 'n1' },
      { type: 'InternalIP', address: '192.168.0.1' },
    ],
  };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: { podCIDR: '10.0.1.0/24' }, status };
  const found = readOne('node', node);
  expect(found.namespace).toBe('');
  expect(String(found.podCidrs)).toBe('10.0.1.0-10.0.1.255');
  expect(found.addresses).toHaveLength(1);
  const { resources } = read({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { team: 'a' } },
  });
  expect(resources).toMatchObject([{ type: 'namespace', name: 'shop', namespace: '' }]);
});
