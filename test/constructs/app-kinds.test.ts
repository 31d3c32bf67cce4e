import { ApiObject, Chart, Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { Cni, DnsApp, type DnsAppProps, Intents, PodNetwork, Port, verify } from 'portolan';
import { chartIn, emitted, only, type PodSpec } from './manifests';

const image = 'shop/api:3';
const label = { 'app.kubernetes.io/name': 'api' };

function specOf(props: Partial<DnsAppProps<string>>): Record<string, unknown> {
  const chart = chartIn('shop');
  const app = new DnsApp<string>(chart, 'api', { image, ...props } as DnsAppProps<string>);
  return only(chart, ApiObject.of(app.workload).kind).spec;
}

describe('the kind of an app', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('%s: selects its pods by the plain label', (kind) => {
    expect(specOf({ kind, ports: { http: 8080 } })).toMatchObject({
      selector: { matchLabels: label },
      template: { metadata: { labels: label }, spec: { containers: [{ image, name: 'api' }] } },
    });
  });

  test('a Job takes what it needs, and no more is written', () => {
    const spec = specOf({ kind: 'Job', completions: 4, parallelism: 2, backoffLimit: 0 });
    expect(spec).toMatchObject({
      completions: 4,
      parallelism: 2,
      backoffLimit: 0,
      template: { spec: { restartPolicy: 'Never' } },
    });
    expect(Object.keys(specOf({ kind: 'Job' }))).toEqual(['template']);
  });

  test('a CronJob runs by its schedule, and no more is written', () => {
    expect(
      specOf({ kind: 'CronJob', schedule: '*/5 3 * * 1-5', timeZone: 'Europe/Zurich', concurrencyPolicy: 'Forbid' }),
    ).toMatchObject({
      schedule: '*/5 3 * * 1-5',
      timeZone: 'Europe/Zurich',
      concurrencyPolicy: 'Forbid',
    });
    expect(specOf({ kind: 'CronJob', schedule: '@daily', completions: 2 })).toEqual({
      schedule: '@daily',
      jobTemplate: {
        spec: { completions: 2, template: expect.objectContaining({ metadata: expect.objectContaining({}) }) },
      },
    });
  });

  test('restrictions are taken back in every kind', () => {
    const spec = specOf({ kind: 'CronJob', schedule: '@daily' }) as {
      jobTemplate: { spec: { template: { spec: PodSpec } } };
    };
    const pod = spec.jobTemplate.spec.template.spec;
    expect(pod).not.toHaveProperty('securityContext');
    expect(pod.containers[0]).not.toHaveProperty('securityContext');
  });

  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const)(
    '%s: reaches what it uses, and what uses it reaches it, with the least privilege',
    (kind) => {
      const app = Testing.app();
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
      const props = {
        image,
        kind,
        schedule: kind === 'CronJob' ? '@daily' : undefined,
        ports: { http: Port.tcp(8080) },
      };
      const api = new DnsApp(chart, 'api', {
        ...props,
        uses: { DB: db.port('sql').hostPort() },
        startup: { tcp: 'http' },
      } as DnsAppProps<'http'>);
      new DnsApp(chart, 'web', { image, uses: { API: api.port('http').url() } });
      const { findings, kept } = verify(chart);
      expect(findings).toEqual([]);
      expect(kept.map(({ subject, target }) => `${subject} ${target}`)).toEqual(['api db:sql', 'web api:http']);
      const policy = only(chart, 'NetworkPolicy', 'api').spec;
      expect(policy).toMatchObject({ podSelector: { matchLabels: label }, policyTypes: ['Ingress', 'Egress'] });
      // NP-30: the kubelet's probes come from the pod's own node and need no rule.
      expect(policy.ingress).toEqual([
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
          ports: [{ port: 8080, protocol: 'TCP' }],
        },
      ]);
    },
  );

  test.each<[what: string, props: object, says: RegExp]>([
    ['an unknown kind', { kind: 'Deploiment' }, /"Deploiment" is none of .* Did you mean "Deployment"/],
    [
      'replicas of a DaemonSet',
      { kind: 'DaemonSet', replicas: 2 },
      /a DaemonSet has no `replicas`, only Deployment and StatefulSet have/,
    ],
    ['a schedule of a Job', { kind: 'Job', schedule: '@daily' }, /a Job has no `schedule`, only CronJob has/],
    ['no schedule', { kind: 'CronJob' }, /a CronJob needs a `schedule`/],
    ['four fields', { kind: 'CronJob', schedule: '0 3 * *' }, /has 4 fields, not the five of cron/],
    [
      'a time zone within',
      { kind: 'CronJob', schedule: 'TZ=UTC 0 3 * * *' },
      /names a time zone, which belongs into `timeZone`/,
    ],
    ['half a pod', { replicas: 0.5 }, /`replicas` is a whole number, 0 or more, not 0\.5/],
  ])('%s is refused', (_, props, says) => {
    expect(() => specOf(props as Partial<DnsAppProps<string>>)).toThrow(says);
  });
});

test.each(['Job', 'CronJob'] as const)(
  'a %s that is listed by its name means every pod that its label means',
  (kind) => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    const schedule = kind === 'CronJob' ? '@daily' : undefined;
    const uses = { DB: db.port('sql').hostPort() };
    const report = new DnsApp(chart, 'report', {
      image,
      kind,
      schedule,
      labels: { team: 'a' },
      uses,
    } as DnsAppProps<never>);
    Intents.of(chart).expect(db).toBeReachedOnlyBy(report);
    expect(verify(chart).findings).toEqual([]);
  },
);

describe('a StatefulSet', () => {
  test('has its names below its own headless Service (DNS-06)', () => {
    const chart = chartIn('shop');
    new DnsApp(chart, 'db', { kind: 'StatefulSet', image, ports: { sql: 5432 }, publishNotReadyAddresses: true });
    expect(only(chart, 'StatefulSet').spec).toMatchObject({ serviceName: 'db', replicas: 1 });
    expect(only(chart, 'Service').spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/name': 'db' },
      ports: [{ name: 'sql', port: 5432, targetPort: 'sql', protocol: 'TCP' }],
    });
  });

  test('may have a virtual address beside, with its names below a second Service (SVC-21)', () => {
    const chart = chartIn('shop');
    const ports = { sql: Port.tcp(5432, { service: 80 }) };
    new DnsApp(chart, 'db', { kind: 'StatefulSet', headless: false, image, ports });
    expect(only(chart, 'StatefulSet').spec.serviceName).toBe('db-pods');
    expect(only(chart, 'Service', 'db').spec).toMatchObject({ ports: [{ port: 80, targetPort: 'sql' }] });
    expect(only(chart, 'Service', 'db').spec).not.toHaveProperty('clusterIP');
    expect(only(chart, 'Service', 'db-pods').spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ port: 5432, targetPort: 'sql' }],
    });
  });

  test('has its Service even without ports', () => {
    const chart = chartIn('shop');
    const app = new DnsApp(chart, 'worker', { kind: 'StatefulSet', image });
    expect(only(chart, 'Service').spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { 'app.kubernetes.io/name': 'worker' },
    });
    expect(app.pod(0).name).toBe('worker-0');
  });

  test('refuses a Service port that nobody translates (SVC-21)', () => {
    const ports = { sql: Port.tcp(5432, { service: 80 }) };
    expect(() => new DnsApp(chartIn(), 'db', { kind: 'StatefulSet', image, ports })).toThrow(
      /nothing translates ports/,
    );
  });

  test('gives each pod a name and an address of its own (DNS-06)', () => {
    const app = Testing.app();
    const [shop, ops] = ['shop', 'ops'].map((namespace) => new Chart(app, namespace, { namespace }));
    const db = new DnsApp(shop, 'db', { kind: 'StatefulSet', replicas: 3, image, ports: { sql: 5432 } });
    const uses = { PRIMARY: db.pod(0).port('sql').url('postgres'), LAST: db.pod(2).dnsName, ANY: db.dnsName };
    for (const chart of [shop, ops]) new DnsApp(chart, 'client', { image, uses });
    const valuesIn = (chart: Chart) => {
      const { template } = only(chart, 'Deployment', 'client').spec as { template: { spec: PodSpec } };
      return template.spec.containers[0].env?.map(({ value }) => value);
    };
    expect(valuesIn(shop)).toEqual(['postgres://db-0.db:5432', 'db-2.db', 'db']);
    const domain = 'shop.svc.cluster.local';
    expect(valuesIn(ops)).toEqual([`postgres://db-0.db.${domain}:5432`, `db-2.db.${domain}`, `db.${domain}`]);
    const { findings, kept } = verify(shop);
    expect(findings).toEqual([]);
    // By the very names that the pods are given.
    const names = kept.flatMap(({ intent, target }) => (intent.verb === 'toResolve' ? [target] : []));
    expect(names).toEqual(['db-0.db', 'db-2.db', `db-0.db.${domain}`, `db-2.db.${domain}`]);
  });

  test('has members that find one another where it uses itself', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { kind: 'StatefulSet', replicas: 3, image, ports: { raft: 7000 } });
    db.use(db.pod(0).port('raft'), { env: 'SEED' });
    const own = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db' } } };
    const ports = [{ port: 7000, protocol: 'TCP' }];
    expect(only(chart, 'NetworkPolicy').spec.ingress).toEqual([{ from: [own], ports }]);
    expect(only(chart, 'NetworkPolicy').spec.egress).toContainEqual({ to: [own], ports });
    expect(verify(chart).findings).toEqual([]);
  });

  test('promises once what is used twice', () => {
    const chart = chartIn('shop');
    const db = new DnsApp(chart, 'db', { kind: 'StatefulSet', image, ports: { sql: 5432 } });
    const web = new DnsApp(chart, 'web', { image });
    for (const env of ['A', 'B']) web.use(db.pod(0).port('sql'), { env });
    expect(verify(chart).kept).toHaveLength(2);
  });

  test.each<[ordinal: number, replicas: number, says: RegExp]>([
    [3, 3, /with 3 replicas it has pods 0 to 2/],
    [1, 1, /with 1 replicas it has pod 0 only/],
    [-1, 2, /it has pods 0 to 1/],
    [0, 0, /it has none/],
  ])('has no pod %i of %i', (ordinal, replicas, says) => {
    const db = new DnsApp(chartIn(), 'db', { kind: 'StatefulSet', replicas, image });
    expect(() => db.pod(ordinal)).toThrow(says);
  });

  test('alone has pods with names (DNS-06)', () => {
    const app = new DnsApp(chartIn(), 'api', { image, ports: { http: 8080 } });
    expect(() => app.pod(0)).toThrow(
      "only the pods of a StatefulSet have names of their own (DNS-06). Set `kind: 'StatefulSet'`.",
    );
  });
});

describe('an exposed app', () => {
  test('is offered by as many Services as it lists, each with the props of its type', () => {
    const chart = chartIn('shop');
    const app = new DnsApp(chart, 'web', {
      image,
      ports: { https: Port.tcp(8443, { service: 443 }), admin: 9000 },
      expose: [
        {
          type: 'LoadBalancer',
          ports: ['https'],
          externalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['203.0.113.0/24'],
          annotations: { 'example.com/lb': 'fast' },
        },
        { type: 'NodePort', name: 'web-nodes', nodePorts: { https: 30443 } },
      ],
    });
    expect(app.externalServices.map(({ name }) => name)).toEqual(['web-external', 'web-nodes']);
    expect(only(chart, 'Service', 'web-external')).toMatchObject({
      metadata: { annotations: { 'example.com/lb': 'fast' } },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        ports: [{ name: 'https', port: 443, targetPort: 'https' }],
      },
    });
    expect(only(chart, 'Service', 'web-nodes').spec.ports).toEqual([
      { name: 'https', port: 443, targetPort: 'https', protocol: 'TCP', nodePort: 30443 },
      { name: 'admin', port: 9000, targetPort: 'admin', protocol: 'TCP' },
    ]);
    expect(only(chart, 'NetworkPolicy').spec.ingress).toEqual([
      { ports: [{ port: 8443, protocol: 'TCP' }] },
      { ports: [{ port: 9000, protocol: 'TCP' }] },
    ]);
  });

  test('refuses a node port for a port that it does not offer', () => {
    const expose = { type: 'NodePort', ports: ['http'], nodePorts: { admin: 30090 } } as const;
    expect(() => new DnsApp(chartIn(), 'web', { image, ports: { http: 80, admin: 90 }, expose })).toThrow(
      /Unable to find port "admin"/,
    );
  });
});

describe('the DNS of an app', () => {
  const network = {
    cni: Cni.calico(),
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.0.0/24',
  };

  function client(dns: DnsAppProps<never>['dns']) {
    const app = Testing.app();
    new PodNetwork(app, 'network', network);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const db = new DnsApp(chart, 'db', { kind: 'StatefulSet', image, ports: { sql: 5432 }, closed: false });
    new DnsApp(chart, 'client', { image, dns, env: {} }).use(db.pod(0).port('sql'), { env: 'DB' });
    process.env.PORTOLAN = 'off';
    const manifests = emitted(chart);
    delete process.env.PORTOLAN;
    const find = (kind: string) =>
      manifests.find((object) => object.kind === kind && object.metadata.name === 'client')!.spec;
    const { spec } = (find('Deployment') as { template: { spec: PodSpec } }).template;
    const egress = find('NetworkPolicy').egress as readonly { to?: unknown; ports: unknown }[];
    return { spec, address: spec.containers[0].env?.[0].value, lookups: egress.slice(1).map(({ to }) => to) };
  }

  beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
  afterEach(() => jest.restoreAllMocks());

  const clusterDns = [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ];
  const block = (cidr: string) => ({ ipBlock: { cidr } });

  test.each<[what: string, dns: DnsAppProps<never>['dns'], address: string, lookups: unknown[]]>([
    ['the cluster first (DNS-18)', undefined, 'db-0.db:5432', [clusterDns]],
    [
      'further servers (DNS-20)',
      { nameservers: ['192.0.2.53'] },
      'db-0.db:5432',
      [clusterDns, [block('192.0.2.53/32')]],
    ],
    ['the node’s (DNS-19)', { policy: 'Default' }, 'db-0.db.shop.svc.cluster.local:5432', [undefined]],
    [
      'only its own (DNS-20)',
      { policy: 'None', nameservers: ['2001:db8::53'] },
      'db-0.db.shop.svc.cluster.local:5432',
      [[block('2001:db8::53/128')]],
    ],
    [
      'the address of the cluster’s DNS, behind which policies see its pods (NP-19)',
      { policy: 'None', nameservers: ['10.96.0.10'], searches: ['shop.svc.cluster.local'], options: { ndots: 2 } },
      'db-0.db:5432',
      [clusterDns],
    ],
    [
      'names with a dot as they stand (DNS-21)',
      { options: { ndots: 1 } },
      'db-0.db.shop.svc.cluster.local:5432',
      [clusterDns],
    ],
  ])('asks %s', (_, dns, address, lookups) => {
    const made = client(dns);
    expect([made.address, made.lookups]).toEqual([address, lookups]);
  });

  test('stands in the pods as it was given', () => {
    const options = { ndots: 2, 'use-vc': true } as const;
    expect(
      client({ policy: 'None', nameservers: ['192.0.2.53'], searches: ['example.com'], options }).spec,
    ).toMatchObject({
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['192.0.2.53'],
        searches: ['example.com'],
        options: [{ name: 'ndots', value: '2' }, { name: 'use-vc' }],
      },
    });
    expect(client(undefined).spec).not.toHaveProperty('dnsConfig');
  });

  test.each<[what: string, dns: object, says: RegExp]>([
    ['None without a server', { policy: 'None' }, /its pods ask nobody/],
    ['an unknown policy', { policy: 'ClusterLast' }, /not "ClusterLast"/],
    ['a name for a server', { nameservers: ['dns.example.com'] }, /"dns.example.com" is no address of a nameserver/],
    [
      'four servers',
      { nameservers: ['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4'] },
      /it has 4 nameservers, and 3 are the most/,
    ],
    ['33 searches', { searches: Array.from({ length: 33 }, () => 'a') }, /32 searches/],
  ])('%s is refused (DNS-20)', (_, dns, says) => {
    expect(() => new DnsApp(chartIn(), 'api', { image, dns })).toThrow(says);
  });
});

test('an account that something else made takes the place of its own', () => {
  const chart = chartIn('shop');
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'roles', 'roles');
  new DnsApp(chart, 'api', { image, serviceAccount });
  expect(emitted(chart).map(({ kind }) => kind)).not.toContain('ServiceAccount');
  expect((only(chart, 'Deployment').spec as { template: { spec: PodSpec } }).template.spec.serviceAccountName).toBe(
    'roles',
  );
});
