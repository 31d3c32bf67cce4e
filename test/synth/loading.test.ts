import { Chart, Testing } from 'cdk8s';
import type * as portolan from 'portolan';
import { InvalidInputError, Network } from 'portolan';

/** The rooms that only judging needs. */
const ROOMS = ['model/network', 'files/network', 'files/from-files', 'intents/check', 'diagnostics/text'] as const;

/** A fresh copy of the library, and the rooms that it has loaded so far. */
function freshCopy(): { readonly copy: typeof portolan; readonly loaded: readonly string[] } {
  const loaded: string[] = [];
  const shared = ['cdk8s', 'cdk8s-plus-28', 'constructs'].map((name) => [name, require(name)] as const);
  let copy: typeof portolan | undefined;
  jest.isolateModules(() => {
    for (const [name, original] of shared) jest.doMock(name, () => original);
    for (const room of ROOMS) {
      jest.doMock(`../../lib/${room}`, () => {
        loaded.push(room);
        return jest.requireActual(`../../lib/${room}`);
      });
    }
    copy = require('portolan');
  });
  return { copy: copy!, loaded };
}

function shop({ DnsApp, Intents }: typeof portolan) {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image: 'postgres:17', ports: { sql: 5432 } });
  new DnsApp(chart, 'api', { image: 'shop/api:3', uses: { DB: db.port('sql').hostPort() } });
  return { app, db, intents: Intents.of(chart) };
}

test('neither importing the library nor declaring loads the model', () => {
  const { copy, loaded } = freshCopy();
  const { intents, db } = shop(copy);
  intents.expect(db).toBeReachedOnlyBy(db);
  expect(loaded).toEqual([]);
});

test('the first check loads what it needs to judge, and no renderer while all holds', () => {
  const { copy, loaded } = freshCopy();
  shop(copy).app.synth();
  expect(loaded).toContain('intents/check');
  expect(loaded).not.toContain('diagnostics/text');
});

test('what is loaded late is what is exported: networks to ask, errors to catch', () => {
  const network: Network = Network.from([]);
  expect(network.lints()).toEqual([]);
  expect(() => Network.from([{ kind: 'Pod' }])).toThrow(InvalidInputError);
});
