import { Chart } from 'cdk8s';
import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DefaultDeny, DnsApp, Service } from 'portolan';
import { promise } from './promises';

/** Two of three members must answer. */
const MEMBERS = [0, 1, 2];

/** A board of messages: a page for everybody, an API, and a store of three members that know one another by name. */
export class MessageBoard extends Chart {
  readonly store = new DnsApp(this, 'store', {
    kind: 'StatefulSet',
    replicas: MEMBERS.length,
    image: 'quay.io/coreos/etcd:v3.6.4',
    ports: { client: 2379, peer: 2380 },
    // Members look one another up before any of them is ready.
    publishNotReadyAddresses: true,
    command: ['etcd'],
    args: [
      '--name=$(POD_NAME)',
      '--listen-client-urls=http://0.0.0.0:2379',
      '--listen-peer-urls=http://0.0.0.0:2380',
      '--advertise-client-urls=http://$(POD_NAME).store:2379',
      '--initial-advertise-peer-urls=http://$(POD_NAME).store:2380',
      `--initial-cluster=${MEMBERS.map((i) => `store-${i}=$(PEER_${i})`).join(',')}`,
    ],
    env: { POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME) },
    startup: { http: '/readyz', port: 'client' },
    readiness: { http: '/readyz', port: 'client' },
  });

  readonly api = new DnsApp(this, 'api', {
    image: 'board/api:1',
    replicas: 2,
    ports: { http: 8080, metrics: 9090 },
    // A client that knows every member does without any one of them.
    uses: Object.fromEntries(MEMBERS.map((i) => [`STORE_${i}`, this.store.pod(i).port('client').url()])),
    env: { STORE_ENDPOINTS: MEMBERS.map((i) => `$(STORE_${i})`).join(',') },
    readiness: { http: '/ready', port: 'http' },
  });

  readonly web = new DnsApp(this, 'web', {
    image: 'board/web:1',
    replicas: 2,
    ports: { http: 3000 },
    uses: { API_URL: this.api.port('http').url() },
    // Readers keep their address, so that abuse can be told from use.
    expose: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerClass: 'service.k8s.aws/nlb' },
  });

  /** A second Service of one app: operators read the numbers of the API here, and clients find none of them. */
  readonly numbers = new Service(this, 'api-numbers', {
    selector: this.api,
    ports: { prometheus: { port: 80, targetPort: this.api.port('metrics') } },
  });

  readonly scraper = new DnsApp(this, 'scraper', {
    kind: 'DaemonSet',
    image: 'prom/prometheus:v3.5.0',
    uses: { TARGET: this.numbers.url('http', { path: '/metrics' }) },
  });

  readonly backup = new DnsApp(this, 'backup', {
    kind: 'CronJob',
    schedule: '0 3 * * *',
    concurrencyPolicy: 'Forbid',
    image: 'board/backup:1',
    uses: { MEMBER: this.store.pod(0).port('client').url() },
  });

  constructor(scope: Construct) {
    super(scope, 'message-board', { namespace: 'board' });
    // What others put into the namespace is closed as well, until they write a policy for it.
    new DefaultDeny(this, 'default-deny');
    for (const i of MEMBERS) this.store.use(this.store.pod(i).port('peer').url(), { env: `PEER_${i}` });
    promise(this);
  }
}
