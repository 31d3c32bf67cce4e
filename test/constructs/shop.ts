import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DnsApp, Ingress, Intents, internet, namespace, pods, url } from 'portolan';

/** The example of the README: an edge, an API and a database. */
export class Shop extends Chart {
  readonly db = new DnsApp(this, 'db', { image: 'postgres:17', ports: { sql: 5432 } });
  readonly api = new DnsApp(this, 'api', {
    image: 'shop/api:3',
    ports: { http: 8080 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });
  readonly web = new DnsApp(this, 'web', {
    image: 'shop/web:3',
    ports: { http: 3000 },
    uses: { API_URL: this.api.port('http').url() },
  });

  constructor(scope: Construct) {
    super(scope, 'shop', { namespace: 'shop' });
    new Ingress(this, 'edge', { host: 'shop.example.com', routes: { '/': this.web.port('http') }, tls: 'shop-tls' });

    const intents = Intents.of(this);
    intents.expect(this.web).toReach(this.api.port('http'));
    intents.expect(this.web).not.toReach(this.db).because('PCI-DSS 1.4.4: the edge never sees card data');
    intents.expect(this.db).toBeReachedOnlyBy(this.api, pods({ app: 'backup' }, { namespace: 'ops' }));
    intents.expect(url('https://shop.example.com/cart')).toRouteTo(this.web.port('http'));
    intents.expect(namespace('shop')).not.toBeExposedTo(internet, { except: [this.web] });
  }
}
