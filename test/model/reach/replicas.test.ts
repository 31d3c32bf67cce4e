import { Network } from '../../../lib/model/network';
import { deployment, ns, policy, service } from '../../support/manifests';

const shut = policy('shut', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const web = (replicas: number) => [
  ns('shop'),
  deployment('web', { replicas, ports: [{ containerPort: 80 }] }),
  service('web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
  shut,
];

test.each([
  ['NP-31: one pod reaches itself', 1, 'shop/web', 'allowed'],
  ['NP-31: of several, each reaches itself and not the others', 3, 'shop/web', 'unknown'],
  ['NP-32: through a Service nobody knows', 1, 'service/shop/web', 'unknown'],
  ['NP-32: of several through a Service nobody knows', 3, 'service/shop/web', 'unknown'],
])('%s', (_, replicas, to, outcome) => {
  expect(
    Network.from(web(replicas)).reach({ from: 'shop/web', to, port: 80, by: to === 'shop/web' ? 'podIP' : 'service' })
      .outcome,
  ).toBe(outcome);
});
