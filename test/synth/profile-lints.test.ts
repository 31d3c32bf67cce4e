import { Chart, Testing } from 'cdk8s';
import { Intents, NetworkPromiseError, PodNetwork } from '../../lib';
import { Network } from '../../lib/files/network';
import { networkOf } from '../../lib/synth/network-of';

function appWith(serviceCidr: string) {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    podCidr: '10.100.0.0/16',
    serviceCidr,
  });
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop' }) };
}

function refusalOf(synth: () => void): string {
  try {
    synth();
  } catch (error) {
    if (error instanceof NetworkPromiseError) return error.message;
    throw error;
  }
  return 'it was not refused';
}

test('a synth is refused with the line of the PodNetwork', () => {
  const { app, chart } = appWith('10.96.0.0/12');
  const refusal = refusalOf(() => Testing.synth(chart));
  expect(refusal).toContain('error[PTL312]: podCidr and serviceCidr have addresses in common');
  expect(refusal).toMatch(/profile-lints\.test\.ts:9:\d+/);
  expect(refusal).toContain('PodNetwork network, podCidr');
  expect(app.node.children).toHaveLength(2);
});

test('a profile without fault is not told', () => {
  const { chart } = appWith('10.112.0.0/12');
  expect(refusalOf(() => Testing.synth(chart))).toBe('it was not refused');
});

test('it can be acknowledged by its code and the PodNetwork', () => {
  const { app, chart } = appWith('10.96.0.0/12');
  Intents.of(app).acknowledge({ id: 'PTL312[network]', reason: 'the lab has no Services there' });
  expect(refusalOf(() => Testing.synth(chart))).toBe('it was not refused');
});

test('whoever asks the network gets the same lints', () => {
  const { chart } = appWith('10.96.0.0/12');
  const told = (network: Network) => network.lints().map(({ code }) => code);
  expect(told(networkOf(chart))).toEqual(['PTL312']);
  expect(told(Network.from([], { podCidr: '10.100.0.0/16', serviceCidr: '10.96.0.0/12' }))).toEqual(['PTL312']);
});
