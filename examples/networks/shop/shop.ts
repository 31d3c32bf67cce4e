import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DnsApp, Intents, internet, NetworkPolicy, namespace, pods } from 'portolan';

/** A shop that takes its policies at their word: what it promises holds where somebody enforces them, and nowhere else. */
export class Shop extends Chart {
  readonly db = new DnsApp(this, 'db', { image: 'postgres:17', kind: 'StatefulSet', ports: { sql: 5432 } });
  readonly api = new DnsApp(this, 'api', {
    image: 'shop/api:3',
    ports: { http: 8080, metrics: 9090 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });
  readonly web = new DnsApp(this, 'web', {
    image: 'shop/web:3',
    ports: { http: 3000 },
    uses: { API_URL: this.api.port('http').url() },
  });

  constructor(scope: Construct) {
    super(scope, 'shop', { namespace: 'shop' });
    const prometheus = pods({ app: 'prometheus' }, { namespace: 'monitoring' });
    new NetworkPolicy(this, 'scraping', {
      appliesTo: this.api,
      allowFrom: [{ from: [prometheus], ports: [this.api.port('metrics')] }],
    });

    const intents = Intents.of(this);
    intents.expect(this.web).not.toReach(this.db).because('PCI-DSS 1.4.4: the edge never sees card data');
    intents.expect(this.db).toBeReachedOnlyBy(this.api, this.db);
    intents.expect(this.api.port('metrics')).toBeReachedOnlyBy(prometheus);
    intents.expect(this.db).toBeIsolated({ ingress: false, except: [this.db] });
    intents.expect(namespace('shop')).not.toBeExposedTo(internet);
  }
}
