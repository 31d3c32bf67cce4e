import fc from 'fast-check';
import type { Answer } from '../../../lib/model/dns/record';
import { candidatesFor, lookUp, RESOLVERS, type Resolver } from '../../../lib/model/dns/resolver';
import { ns, service } from '../../support/manifests';
import { networkOf, running } from './support';

const SEARCHES = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const names = (resolver: Resolver, name: string, ndots: number, searches: readonly string[] = SEARCHES) =>
  candidatesFor(resolver, name, { searches, options: [`ndots:${ndots}`] }).map((candidate) => candidate.name);
const SEARCHED = SEARCHES.map((search) => `a.b.${search}.`);

describe('DNS-21: `a.b`', () => {
  test.each([
    ['glibc', 5, [...SEARCHED, 'a.b.']],
    ['glibc', 2, [...SEARCHED, 'a.b.']],
    ['glibc', 1, ['a.b.', ...SEARCHED]],
    ['go', 5, [...SEARCHED, 'a.b.']],
    ['go', 2, [...SEARCHED, 'a.b.']],
    ['go', 1, ['a.b.', ...SEARCHED]],
    ['musl', 5, [...SEARCHED, 'a.b.']],
    ['musl', 2, [...SEARCHED, 'a.b.']],
    ['musl', 1, ['a.b.']],
  ] as const)('%s with ndots:%i', (resolver, ndots, expected) => {
    expect(names(resolver, 'a.b', ndots)).toEqual(expected);
  });

  test('musl reads a search line of 254 letters, and drops one of 255 as a whole', () => {
    const line = (letters: number) => ['x'.repeat(60), 'y'.repeat(60), 'z'.repeat(60), 'w'.repeat(letters - 183)];
    expect(names('musl', 'a', 5, line(247))).toHaveLength(5);
    expect(names('musl', 'a', 5, line(248))).toEqual(['a.']);
    expect(names('glibc', 'a', 5, line(248))).toHaveLength(5);
  });

  test('a dot among the search domains is the name as it is, for glibc', () => {
    expect(names('glibc', 'a', 5, ['one', '.', 'two'])).toEqual(['a.one.', 'a.', 'a.two.']);
    expect(names('go', 'a', 5, ['one', '.', 'two'])).toEqual(['a.one.', 'a.two.', 'a.']);
  });

  test('musl never searches for records of other types', () => {
    const conf = { searches: SEARCHES, options: ['ndots:5'] };
    expect(candidatesFor('musl', 'a', conf, ['SRV'])).toEqual([{ name: 'a.' }]);
    expect(candidatesFor('glibc', 'a', conf, ['SRV'])).toHaveLength(4);
  });

  test('a name that gets too long with a search domain is not asked for', () => {
    const long = `${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}`;
    expect(names('glibc', long, 5)).toEqual([`${long}.`]);
  });
});

describe('DNS-30: Windows', () => {
  test('adds one suffix to a single word, and none to a name with a dot', () => {
    expect(names('windows', 'web', 5)).toEqual(['web.shop.svc.cluster.local.', 'web.']);
    expect(names('windows', 'web.shop', 5)).toEqual(['web.shop.']);
  });

  test.each([
    ['os', { os: { name: 'windows' } }],
    ['the node selector', { nodeSelector: { 'kubernetes.io/os': 'windows' } }],
  ])('is known by %s', (_name, spec) => {
    const network = networkOf([service('web', { ports: [{ port: 80 }] }), running('shop/w', { ip: '10.0.0.1', spec })]);
    const [from] = network.cluster.podsIn('shop');
    expect(network.resolve({ name: 'web', from }).result).toBe('found');
    expect(network.resolve({ name: 'web.shop', from }).result).toBe('unknown');
    expect(network.resolve({ name: 'web.shop', from, resolver: 'glibc' }).result).toBe('found');
  });
});

describe('DNS-22: what ends a search', () => {
  const reply = (rcode: 'NOERROR' | 'NXDOMAIN', ...types: ('A' | 'CNAME')[]): Answer => ({
    rcode,
    answers: types.map((type) => ({ name: 'x.', type, data: 'x' })),
    doubts: [],
  });
  const asked = (resolver: Resolver, first: Answer) => {
    const found = lookUp(resolver, [{ name: 'x.one.', search: 'one' }, { name: 'x.' }], ['A'], ({ name }) => [
      name === 'x.one.' ? first : reply('NOERROR', 'A'),
    ]);
    return `${found.asked.length} ${found.result}`;
  };
  test.each([
    ['glibc', '2 found', '2 found', '1 no-data', '1 found'],
    ['musl', '2 found', '1 no-data', '1 no-data', '1 found'],
    ['go', '2 found', '2 found', '2 found', '1 found'],
  ] as const)('for %s: no name, no data, a lone alias, a record', (resolver, ...expected) => {
    const replies = [reply('NXDOMAIN'), reply('NOERROR'), reply('NOERROR', 'CNAME'), reply('NOERROR', 'CNAME', 'A')];
    expect(replies.map((each) => asked(resolver, each))).toEqual(expected);
  });
});

const http = { ports: [{ name: 'http', port: 80 }] };
const shop = [
  ns('ops'),
  service('web', http),
  service('foo', http, 'com'),
  running('shop/client', { ip: '10.0.0.1' }),
  running('ops/client', { ip: '10.0.0.2' }),
];
const network = networkOf(shop);
const [inShop, inOps] = ['shop', 'ops'].map((namespace) => network.cluster.podsIn(namespace)[0]);

describe('DNS-22: the short forms', () => {
  test.each([
    ['web', 'shop.svc.cluster.local', undefined],
    ['web.shop', 'svc.cluster.local', 'svc.cluster.local'],
    ['web.shop.svc', 'cluster.local', 'cluster.local'],
  ])('%s is found through %s, and from elsewhere through %s', (name, own, foreign) => {
    expect(network.resolve({ name, from: inShop })).toMatchObject({ result: 'found', search: own });
    const elsewhere = network.resolve({ name, from: inOps });
    expect([elsewhere.search, elsewhere.result]).toEqual([foreign, foreign ? 'found' : 'unknown']);
  });

  test('a namespace is no address: there resolvers part', () => {
    expect(network.resolve({ name: 'shop', from: inShop, resolver: 'musl' })).toMatchObject({ result: 'no-data' });
    expect(network.resolve({ name: 'shop', from: inShop })).toMatchObject({ result: 'unknown', rcode: 'unknown' });
  });
});

test('DNS-23: a Service captures an external name that ends in its namespace', () => {
  const captured = network.resolve({ name: 'foo.com', from: inShop });
  expect(captured).toMatchObject({ result: 'found', search: 'svc.cluster.local' });
  expect(captured.targets.map((target) => target.service.name)).toEqual(['foo']);
  expect(network.resolve({ name: 'foo.com.', from: inShop }).isUpstream).toBe(true);
});

describe('laws of resolvers', () => {
  const resolver = fc.constantFrom(...RESOLVERS);
  const label = fc.constantFrom('a', 'web', 'svc', 'shop', 'x1');
  const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
  const ndots = fc.integer({ min: 0, max: 15 });

  test('a name with a dot at its end is never searched for', () => {
    fc.assert(
      fc.property(resolver, name, ndots, (who, asked, n) => {
        expect(names(who, `${asked}.`, n)).toEqual([`${asked}.`]);
      }),
    );
  });

  test('the name as it is comes exactly once, first or last', () => {
    fc.assert(
      fc.property(resolver, name, ndots, (who, asked, n) => {
        const order = names(who, asked, n);
        expect(order.filter((each) => each === `${asked}.`)).toHaveLength(1);
        expect([order[0], order.at(-1)]).toContain(`${asked}.`);
      }),
    );
  });

  test('glibc and Go ask for the same names in the same order', () => {
    fc.assert(
      fc.property(name, ndots, (asked, n) => {
        expect(names('go', asked, n)).toEqual(names('glibc', asked, n));
      }),
    );
  });

  test('the case of letters changes nothing but the letters', () => {
    fc.assert(
      fc.property(resolver, name, (who, asked) => {
        const [plain, loud] = [asked, asked.toUpperCase()].map((each) =>
          network.resolve({ name: each, from: inShop, resolver: who }),
        );
        expect([loud.result, loud.search, loud.queries.length]).toEqual([
          plain.result,
          plain.search,
          plain.queries.length,
        ]);
      }),
    );
  });

  test('what is certain without knowing the resolver is so with each of the three', () => {
    fc.assert(
      fc.property(name, (asked) => {
        const any = network.resolve({ name: asked, from: inShop });
        if (any.result === 'unknown') return;
        for (const who of ['glibc', 'musl', 'go'] as const) {
          const one = network.resolve({ name: asked, from: inShop, resolver: who });
          expect([one.result === 'found', one.answeredBy]).toEqual([any.result === 'found', any.answeredBy]);
        }
      }),
    );
  });
});
