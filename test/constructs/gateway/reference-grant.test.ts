import { Chart } from 'cdk8s';
import { DnsApp, GrpcRoute, HttpRoute, ReferenceGrant } from 'portolan';
import { chartIn, emitted, only } from '../manifests';
import { Stage, specOf } from './stage';

const image = 'shop/pay:3';
const group = 'gateway.networking.k8s.io';

/** A stage with apps in another namespace than that of the routes. */
class Across extends Stage {
  readonly bank = chartIn('bank', this.app);
  readonly pay = new DnsApp(this.bank, 'pay', { image, ports: { http: 8080 } });
  readonly card = new DnsApp(this.bank, 'card', { image, ports: { http: 8080, grpc: 9090 } });

  route(id: string, port = this.pay.port('http')): void {
    const hostnames = [`${id}.example.com`];
    new HttpRoute(this.shop, id, { gateway: this.gateway, hostnames, routes: { '/': port } });
  }
}

describe('a route to a port of another namespace (GW-10)', () => {
  test('names the namespace, and gets its ReferenceGrant there', () => {
    const stage = new Across();
    stage.route('pay');
    expect(specOf(stage.shop, 'HTTPRoute').rules).toMatchObject([
      { backendRefs: [{ name: 'pay', namespace: 'bank', port: 8080 }] },
    ]);
    expect(only(stage.bank, 'ReferenceGrant')).toEqual({
      apiVersion: `${group}/v1beta1`,
      kind: 'ReferenceGrant',
      metadata: { name: 'httproutes-of-shop', namespace: 'bank' },
      spec: {
        from: [{ group, kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: '', kind: 'Service', name: 'pay' }],
      },
    });
  });

  test('one grant for all of them, in an order that is not theirs', () => {
    const grantWith = (order: readonly ('pay' | 'card')[]) => {
      const stage = new Across();
      for (const app of order) stage.route(app, stage[app].port('http'));
      return only(stage.bank, 'ReferenceGrant');
    };
    expect(grantWith(['pay', 'card'])).toMatchObject({ spec: { to: [{ name: 'card' }, { name: 'pay' }] } });
    expect(grantWith(['card', 'pay'])).toEqual(grantWith(['pay', 'card']));
  });

  test('one grant where several charts share the namespace', () => {
    const stage = new Across();
    const vaults = new Chart(stage.app, 'vaults', { namespace: 'bank' });
    const vault = new DnsApp(vaults, 'vault', { image, ports: { http: 80 } });
    stage.route('pay');
    stage.route('vault', vault.port('http'));
    expect(specOf(stage.bank, 'ReferenceGrant').to).toHaveLength(2);
    expect(emitted(vaults).map(({ kind }) => kind)).not.toContain('ReferenceGrant');
  });

  test('one for each kind of route, which lets no other kind in', () => {
    const stage = new Across();
    stage.route('pay');
    const hostnames = ['card.example.com'];
    new GrpcRoute(stage.shop, 'card', { gateway: stage.gateway, hostnames, rules: [{ to: stage.card.port('grpc') }] });
    expect(only(stage.bank, 'ReferenceGrant', 'grpcroutes-of-shop').spec).toEqual({
      from: [{ group, kind: 'GRPCRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service', name: 'card' }],
    });
    expect(only(stage.bank, 'ReferenceGrant', 'httproutes-of-shop').spec.to).toHaveLength(1);
  });

  test('an app of another repository is for its authors to grant', () => {
    const stage = new Stage();
    const blog = DnsApp.existing({ name: 'blog', namespace: 'blog', labels: { app: 'blog' }, ports: { http: 80 } });
    new HttpRoute(stage.shop, 'blog', { gateway: stage.gateway, routes: { '/': blog.port('http') } });
    expect(emitted(stage.shop).map(({ kind }) => kind)).not.toContain('ReferenceGrant');
  });
});

test('within the namespace no grant is needed', () => {
  const stage = new Stage();
  new HttpRoute(stage.shop, 'cart', { gateway: stage.gateway, routes: { '/': stage.http } });
  expect(emitted(stage.shop).map(({ kind }) => kind)).not.toContain('ReferenceGrant');
});

test('a grant by hand, for references that are no constructs', () => {
  const chart = chartIn('bank');
  new ReferenceGrant(chart, 'edge', {
    from: [{ kind: 'TLSRoute', namespace: 'infra' }],
    to: [{ kind: 'Service' }, { kind: 'Secret', name: 'bank-tls' }],
  });
  expect(specOf(chart, 'ReferenceGrant')).toEqual({
    from: [{ group, kind: 'TLSRoute', namespace: 'infra' }],
    to: [
      { group: '', kind: 'Service' },
      { group: '', kind: 'Secret', name: 'bank-tls' },
    ],
  });
});
