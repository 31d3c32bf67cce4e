import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DnsApp, type Gateway, HttpFilter, HttpMatch, HttpRoute, Ingress, IngressOptions } from 'portolan';
import { promise } from './promises';

/** A shop with two ways in: its pages by an Ingress of its own, and an API for partners by the platform's Gateway. */
export class Shop extends Chart {
  readonly db = new DnsApp(this, 'db', { image: 'postgres:17', ports: { sql: 5432 } });

  readonly cart = new DnsApp(this, 'cart', {
    image: 'shop/cart:3',
    ports: { http: 8080 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });

  readonly web = new DnsApp(this, 'web', {
    image: 'shop/web:3',
    ports: { http: 3000 },
    uses: { CART_URL: this.cart.port('http').url() },
  });

  /** Never offered outside: for the staff, by port-forward. */
  readonly admin = new DnsApp(this, 'admin', {
    image: 'shop/admin:3',
    ports: { http: 3000 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });

  readonly orders = new DnsApp(this, 'orders', {
    image: 'shop/orders:3',
    ports: { http: 8080 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });

  /** The next version, for partners who ask for it. */
  readonly preview = new DnsApp(this, 'orders-preview', {
    image: 'shop/orders:4-rc',
    ports: { http: 8080 },
    uses: { DATABASE_URL: this.db.port('sql').url('postgres') },
  });

  constructor(scope: Construct, gateway: Gateway<'http' | 'https'>) {
    super(scope, 'shop', { namespace: 'shop' });

    new Ingress(this, 'front', {
      host: 'shop.example.com',
      routes: {
        '/': this.web.port('http'),
        '/api/cart': this.cart.port('http'),
        '/api/cart/health': { to: this.web.port('http'), pathType: 'Exact' },
      },
      tls: 'shop-tls',
      options: IngressOptions.nginx({ proxyBodySize: '1m' }),
    });

    const hostnames = ['orders.partners.example.com'];
    const v1 = HttpMatch.prefix('/v1');
    new HttpRoute(this, 'orders-route', {
      name: 'orders',
      gateway,
      listener: 'https',
      hostnames,
      rules: [
        { matches: v1, to: this.orders.port('http') },
        { matches: v1.header('X-Preview', 'yes'), to: this.preview.port('http') },
      ],
    });
    new HttpRoute(this, 'to-https', {
      gateway,
      listener: 'http',
      hostnames,
      rules: [{ filters: HttpFilter.redirect({ scheme: 'https', statusCode: 301 }) }],
    });
    promise(this);
  }
}
