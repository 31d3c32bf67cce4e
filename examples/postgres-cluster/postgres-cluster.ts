import { Construct } from 'constructs';
import { type AppAddress, type AppPort, DnsApp, type Endpoint, Intents, internet, Service } from 'portolan';

export interface PostgresClusterProps {
  /** Name of the database, and of the user that owns it. @default 'app' */
  readonly database?: string;
  /** How many servers: the first one writes, the others follow it. @default 3 */
  readonly replicas?: number;
  /** The image of the server. @default 'postgres:17' */
  readonly image?: string;
}

/**
 * PostgreSQL, one server that writes and others that follow it, which find one another by name. Whoever uses this package gets
 * its promises with it: they are checked at every synth of the consumer's app, on the manifests that the consumer emits.
 */
export class PostgresCluster extends Construct {
  /** The servers, for what the props don't offer. */
  readonly servers: DnsApp<'sql' | 'metrics'>;
  /** Any server, for clients that only read: `<id>-readers`. Who writes asks the first by its own name. */
  readonly readers: Service<'sql'>;

  private readonly clients: Endpoint[] = [];
  private readonly scrapers: Endpoint[] = [];
  private readonly database: string;

  constructor(scope: Construct, id: string, props: PostgresClusterProps = {}) {
    super(scope, id);
    const { database = 'app', replicas = 3, image = 'postgres:17' } = props;
    this.database = database;
    this.servers = new DnsApp(this, id, {
      kind: 'StatefulSet',
      replicas,
      image,
      ports: { sql: 5432, metrics: 9187 },
      // A follower looks up the first server before that one answers.
      publishNotReadyAddresses: true,
      env: { POSTGRES_DB: database, POSTGRES_USER: database },
      readiness: { tcp: 'sql' },
    });
    this.servers.use(this.servers.pod(0).port('sql'), { env: 'PRIMARY' });
    this.readers = new Service(this, 'readers', {
      name: `${id}-readers`,
      selector: this.servers,
      ports: { sql: this.servers.port('sql') },
    });
    this.promise();
  }

  /** Lets the app read and write: it gets `DATABASE_URL`, and `DATABASE_READ_URL` for what may be a little behind. */
  allowFrom(client: DnsApp): this {
    this.clients.push(client);
    client.use(this.url(this.servers.pod(0).port('sql')), { env: 'DATABASE_URL' });
    client.use(this.url(this.readers.port('sql')), { env: 'DATABASE_READ_URL' });
    return this;
  }

  /** Lets the app read the numbers of the servers, and nothing else. */
  allowMetricsFrom(scraper: DnsApp): this {
    this.scrapers.push(scraper);
    scraper.use(this.servers.port('metrics'));
    return this;
  }

  /** What holds wherever this package is used. The lists are complete only when promises are checked. */
  private promise(): void {
    const { servers } = this;
    const intents = Intents.of(this);

    intents
      .expect(servers.port('sql'))
      .toBeReachedOnlyBy(() => [servers, ...this.clients])
      .because('passwords are the second line of defence: let clients in by allowFrom')
      .as('clients');
    intents
      .expect(servers.port('metrics'))
      .toBeReachedOnlyBy(() => [servers, ...this.scrapers])
      .as('scrapers');
    intents.expect(servers).not.toBeExposedTo(internet).because('this package sets up no TLS').as('internet');
    intents.expect(servers).toResolve(servers.pod(0).dnsName).to(servers.pod(0)).as('names');
    intents
      .expect(servers)
      .toBeIsolated({ ingress: false })
      .because('a database that was broken into has nobody to tell')
      .as('egress');
  }

  private url(port: AppPort): AppAddress {
    return port.format(({ hostPort }) => `postgres://${this.database}@${hostPort}/${this.database}`);
  }
}
