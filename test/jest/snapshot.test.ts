import { App, Chart } from 'cdk8s';
import { DnsApp, Network } from 'portolan';
import 'portolan/jest';
import { networkOf } from 'portolan';
import { connectivityOf } from '../../lib/jest/connectivity';
import { Shop } from '../constructs/shop';
import { messageOf } from './support';

const app = new App();
const shop = new Shop(app);
const ops = new Chart(app, 'ops', { namespace: 'ops' });
new DnsApp(ops, 'debug', { image: 'busybox', closed: false });

test('an app has all of its connections, one sorted line each', () => {
  expect(app).toMatchConnectivitySnapshot();
  const lines = connectivityOf(networkOf(app)).text.split('\n');
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.map((line) => line.split(' : ')[0])).toEqual(lines.map((line) => line.split(' : ')[0]).sort());
});

test('a chart has those from or to what it made', () => {
  expect(shop).toMatchConnectivitySnapshot('of the shop');
  expect(shop.db).toMatchConnectivitySnapshot('of the database');
});

test('what nobody can know is marked, with the rules that leave it open', () => {
  const container = { name: 'a', image: 'a' };
  const pod = (name: string, spec: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { name } },
    spec: { containers: [container], ...spec },
  });
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'b', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { name: 'b' } },
      ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/24' } }] }],
    },
  };
  const network = Network.from([pod('a'), pod('b'), policy], { podCidr: ['10.244.0.0/16'] });
  expect(connectivityOf(network).text.split('\n')).toContainEqual(
    expect.stringMatching(/^shop\/a\[Pod\] => shop\/b\[Pod\] : All Connections \? (NP-\d+(, )?)+$/),
  );
});

test('there is no `.not`, and nothing to list of what makes no pod', () => {
  // @ts-expect-error refused by the compiler as well
  expect(messageOf(() => expect(shop).not.toMatchConnectivitySnapshot())).toContain('leave `.not` out');
  const empty = new Chart(app, 'empty');
  expect(messageOf(() => expect(empty).toMatchConnectivitySnapshot())).toContain('makes no pod');
});
