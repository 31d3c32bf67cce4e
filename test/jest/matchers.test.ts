import { App, Chart } from 'cdk8s';
import {
  cidr,
  DefaultDeny,
  DnsApp,
  type Endpoint,
  IngressController,
  Intents,
  internet,
  namespace,
  PodNetwork,
  Port,
  pods,
  url,
} from 'portolan';
import 'portolan/jest';
import { inNetworkOf } from 'portolan/jest';
import { Shop } from '../constructs/shop';
import { fails, messageOf } from './support';

const app = new App();
new PodNetwork(app, 'network', { ingress: [IngressController.nginx()] });
const shop = new Shop(app);
const image = 'shop/api:3';

/** One app beside another, with nothing between them. */
function twoApps() {
  const chart = new Chart(new App(), 'plain', { namespace: 'plain' });
  const open = new DnsApp(chart, 'open', { image, ports: { http: 80 }, closed: false });
  const shut = new DnsApp(chart, 'shut', { image, ports: { http: 80 } });
  return { chart, open, shut };
}

describe('the verbs of promises', () => {
  test('hold as they would at synth', () => {
    expect(shop.web).toReach(shop.api.port('http'));
    expect(shop.web).toReach(shop.api, { by: 'podIP' });
    expect(shop.web).not.toReach([shop.db, shop.db.port('sql')]);
    expect(shop.web).toReachOnly(shop.api);
    expect(shop.web).toReachOnly(() => [shop.api, shop.db]);
    expect(shop.db).toBeReachedOnlyBy(shop.api);
    expect(shop.db).toBeReachedOnlyBy(() => [shop.api, shop.web]);
    expect(shop.db).toBeIsolated({ except: [shop.api] });
    expect(shop.db).not.toBeExposedTo(internet);
    expect(shop.web).toResolve('api', { to: shop.api });
    expect(shop.web).toResolve(shop.db.port('sql').host(), { to: shop.db });
    expect(shop.web).toPassThrough(shop.api, { onTheWayTo: shop.db });
  });

  test.each<[string, () => void]>([
    ['toReach', () => expect(shop.web).toReach(shop.db)],
    ['not.toReach', () => expect(shop.web).not.toReach(shop.api)],
    ['toReachOnly', () => expect(shop.api).toReachOnly(shop.web)],
    ['toBeReachedOnlyBy', () => expect(shop.db).toBeReachedOnlyBy(shop.web)],
    ['toBeIsolated', () => expect(shop.db).toBeIsolated({ egress: false })],
    ['toBeExposedTo', () => expect(shop.api).toBeExposedTo(internet)],
    ['not.toBeExposedTo', () => expect(twoApps().open).not.toBeExposedTo(internet)],
    ['toResolve', () => expect(shop.web).toResolve('api', { to: shop.db })],
    ['not.toResolve', () => expect(shop.web).not.toResolve('api')],
    ['toPassThrough', () => expect(shop.api).toPassThrough(shop.web, { onTheWayTo: shop.db })],
  ])('%s fails where the promise would be broken', (_, expectation) => {
    expect(fails(expectation)).toBe(true);
  });

  test('are judged on the app as it is at that moment, on the cluster that it describes', () => {
    const { chart, open, shut } = twoApps();
    expect(shut).not.toReach(open);
    shut.use(open.port('http'));
    expect(shut).toReach(open.port('http'));
    new PodNetwork(chart, 'network', { cni: 'flannel' });
    expect(messageOf(() => expect(shut).not.toReach(open))).toContain('PTL104');
    expect(messageOf(() => expect(open).not.toReach(shut))).toContain('PTL301');
  });

  test('take `by`: a port that no Service offers is reached by address alone', () => {
    const { chart, open } = twoApps();
    const ports = { http: Port.tcp(80, { service: false }) };
    const hidden = new DnsApp(chart, 'hidden', { image, ports, closed: false });
    expect(open).toReach(hidden.port('http'), { by: 'podIP' });
    expect(messageOf(() => expect(open).toReach(hidden.port('http')))).toContain('PTL203');
  });

  test('promise nothing at synth', () => {
    const { chart, open } = twoApps();
    const before = JSON.stringify(chart.toJson());
    expect(fails(() => expect(open).toBeIsolated())).toBe(true);
    expect(JSON.stringify(chart.toJson())).toBe(before);
  });
});

describe('`.not` is the negative promise', () => {
  const { chart, open, shut } = twoApps();
  const partly = pods({ 'app.kubernetes.io/name': ['open', 'shut'] }, { namespace: 'plain' });
  const elsewhere = new DnsApp(chart, 'client', { image, closed: false });

  test.each<[string, Endpoint, Endpoint]>([
    ['open in part', partly, open],
    ['known to nobody', elsewhere, pods({ app: 'elsewhere' }, { namespace: 'ops' })],
    ['about nobody', namespace('nowhere'), open],
    ['about no target', open, new Chart(chart, 'empty')],
  ])('what is %s fails both', (_, from, to) => {
    expect(fails(() => expect(from).toReach(to))).toBe(true);
    expect(fails(() => expect(from).not.toReach(to))).toBe(true);
  });

  test.each<[string, () => void]>([
    // @ts-expect-error refused by the compiler as well
    ['toReachOnly', () => expect(shop.web).not.toReachOnly(shop.db)],
    // @ts-expect-error likewise
    ['toBeReachedOnlyBy', () => expect(shop.db).not.toBeReachedOnlyBy(shop.web)],
    // @ts-expect-error likewise
    ['toBeIsolated', () => expect(shop.web).not.toBeIsolated()],
    // @ts-expect-error likewise
    ['toPassThrough', () => expect(shop.web).not.toPassThrough(shop.web, { onTheWayTo: shop.api })],
  ])('%s has none', (verb, expectation) => {
    expect(messageOf(expectation)).toContain(`\`.not.${verb}\` promises nothing. Say who reaches whom:`);
  });

  test('of `toResolve` leads nowhere, so it takes no `to`', () => {
    expect(messageOf(() => expect(shop.web).not.toResolve('api', { to: shop.db }))).toContain('leave `to` out');
  });

  test('has exceptions, which the positive `toBeExposedTo` does not', () => {
    expect(inNetworkOf(chart, namespace('plain'))).not.toBeExposedTo(internet, { except: [open, elsewhere] });
    expect(messageOf(() => expect(open).toBeExposedTo(internet, { except: [shut] }))).toContain('leave `except` out');
  });
});

describe('the app is that of any construct among subject and arguments', () => {
  test.each<[string, () => void]>([
    ['a target', () => expect(pods({ app: 'backup' }, { namespace: 'ops' })).not.toReach(shop.db)],
    ['a port', () => expect(internet).not.toReach(shop.db.port('sql'))],
    ['an exception', () => expect(namespace('shop')).not.toBeExposedTo(internet, { except: [shop.web] })],
    ['a list made late', () => expect(namespace('nobody')).toBeReachedOnlyBy(() => [shop.web])],
    ['none, but it is given', () => expect(inNetworkOf(shop, cidr('192.0.2.0/24'))).not.toReach(namespace('shop'))],
  ])('%s', (_, expectation) => {
    const message = fails(expectation) ? messageOf(expectation) : '';
    expect(message).not.toContain('Unable to');
  });

  test('where there is none, the message says how to give it', () => {
    const message = messageOf(() => expect(url('https://shop.example.com')).not.toRouteTo(namespace('shop')));
    expect(message).toContain("expect(inNetworkOf(chart, namespace('shop')))");
  });

  test('two apps are two clusters', () => {
    expect(messageOf(() => expect(shop.web).toReach(twoApps().open))).toContain('in two networks');
  });
});

describe('messages', () => {
  test('begin with the expectation and go on as those of synth, without the line that the runner shows', () => {
    const { open, shut } = twoApps();
    const message = messageOf(() => expect(open).toReach(shut.port('http')));
    const [hint, blank, title] = message.split('\n');
    expect([hint, blank]).toEqual(['expect(open).toReach(shut:http)', '']);
    expect(title).toMatch(/^error\[PTL101\]: `open` cannot reach `shut:http`/);
    expect(message).toMatch(/^ *\d+ . .*const shut = new DnsApp\(/m);
    expect(message).toMatch(/^ {2}why /m);
    expect(message).toContain("+ open.use(shut.port('http'));");
    expect(message).not.toContain('promised here');
    expect(message).not.toContain('promises that do not hold');
  });

  test('of `.not` show what passes, and who promised the opposite', () => {
    const { open, chart } = twoApps();
    const client = new DnsApp(chart, 'client', { image, uses: { API: open.port('http').url() } });
    const message = messageOf(() => expect(client).not.toReach(open.port('http')));
    expect(message).toMatch(/^expect\(client\)\.not\.toReach\(open:http\)\n\nerror\[PTL104\]/);
    expect(message).toMatch(/^ {2}client \S+ open:80$/m);
    expect(message).toContain('the app itself promises the opposite: `plain/client#uses/plain/open:http` at');
  });

  test('say why a subject can not be spoken of', () => {
    // @ts-expect-error a text is no endpoint
    expect(messageOf(() => expect('web').toReach(shop.db))).toContain("namespace('web')");
    expect(messageOf(() => expect(undefined as never as Endpoint).toReach(shop.db))).toContain('no value yet');
    // @ts-expect-error where to?
    expect(messageOf(() => expect(shop.web).toPassThrough(shop.api))).toContain('On the way to where?');
  });

  test('say what can not be synthesized, with `.not` as well: a network without it is another', () => {
    const { chart, open, shut } = twoApps();
    const policy = new DefaultDeny(chart, 'deny');
    policy.node.findAll().forEach((child) => {
      if ('toJson' in child)
        Object.assign(child, {
          toJson: () => {
            throw new Error('no such thing');
          },
        });
    });
    const message = messageOf(() => expect(open).toReach(shut));
    expect(message).toContain("can't be synthesized");
    expect(message).toMatch(/\[plain\/deny.*\] no such thing/);
    expect(fails(() => expect(open).not.toReach(shut))).toBe(true);
  });
});

describe('toSatisfyIntents', () => {
  function promising() {
    const { chart, open, shut } = twoApps();
    const other = new Chart(chart.node.root as App, 'other');
    Intents.of(chart).expect(open).toReach(shut.port('http')).as('broken');
    return { chart, other, open, shut, app: chart.node.root as App };
  }

  test('holds where every promise at or below the construct does', () => {
    expect(shop).toSatisfyIntents();
    expect(shop.web).toSatisfyIntents();
    expect(fails(() => expect(shop).not.toSatisfyIntents())).toBe(true);
  });

  test('is broken by a promise below, and not by one beside it', () => {
    const { chart, app, other, open, shut } = promising();
    expect(app).not.toSatisfyIntents();
    expect(messageOf(() => expect(chart).toSatisfyIntents())).toContain('promises that do not hold: 1 of 1');
    Intents.of(other).expect(open).not.toReach(shut);
    expect(fails(() => expect(other).toSatisfyIntents())).toBe(false);
  });

  test('leaves alone what was acknowledged, or only warns', () => {
    const { chart, open, shut } = promising();
    Intents.of(chart).expect(open).toReach(shut.port('http'), { by: 'podIP' }).severity('warning');
    expect(fails(() => expect(chart).toSatisfyIntents())).toBe(true);
    Intents.of(chart).acknowledge({ id: 'PTL101', reason: 'the other team opens it tomorrow' });
    expect(chart).toSatisfyIntents();
  });

  test('is no proof either way where nobody can know', () => {
    const { chart, open } = twoApps();
    Intents.of(chart)
      .expect(open)
      .toReach(pods({ app: 'elsewhere' }, { namespace: 'ops' }));
    expect(fails(() => expect(chart).toSatisfyIntents())).toBe(true);
    expect(messageOf(() => expect(chart).not.toSatisfyIntents())).toContain('None is surely broken');
  });

  test('fails both ways where nothing was promised', () => {
    const { chart } = twoApps();
    expect(messageOf(() => expect(chart).toSatisfyIntents())).toContain('Nothing was promised at `plain` or below');
    expect(fails(() => expect(chart).not.toSatisfyIntents())).toBe(true);
  });
});
