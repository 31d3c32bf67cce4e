import { deployment, dnsRule, ns, policy, service } from '../support/manifests';
import { app, checking, portOf, promise } from './support';

const labelled = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const api = service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] });
const shop = [
  ns('shop'),
  deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] }),
  deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }),
];
const closed = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const webOut = policy('web-out', {
  ...labelled('web'),
  policyTypes: ['Egress'],
  egress: [{ to: [labelled('api')], ports: [{ port: 8080 }] }, dnsRule],
});
const fromWeb = { ingress: [{ from: [labelled('web')], ports: [{ port: 8080 }] }] };
const apiIn = policy('api-in', { ...labelled('api'), ...fromWeb });
const reaches = promise({
  verb: 'toReach',
  negated: false,
  subject: app('web'),
  targets: [portOf({ kind: 'object', namespace: 'shop', name: 'api' }, 'http')],
});

test('the promise holds as long as nothing is amiss', () => {
  expect(checking([...shop, api, closed, webOut, apiIn], [reaches]).findings).toEqual([]);
});

test.each<[string, object[], string, string]>([
  [
    'NP-03: a policy whose selector is misspelt, not the default deny that is left',
    [api, webOut, policy('api-in', { ...labelled('apu'), ...fromWeb })],
    'PTL110',
    'NetworkPolicy/api-in',
  ],
  [
    'NP-03: a policy in the wrong namespace, likewise',
    [api, webOut, policy('api-in', { ...labelled('api'), ...fromWeb }, 'elsewhere')],
    'PTL110',
    'NetworkPolicy/api-in',
  ],
  [
    'NP-02: a policy whose rules policyTypes leaves out',
    [api, webOut, policy('api-in', { ...labelled('api'), policyTypes: ['Egress'], ...fromWeb })],
    'PTL101',
    'NetworkPolicy/api-in',
  ],
  [
    'NP-03: a misspelt policy that was to let the client look up names (DNS-29)',
    [api, apiIn, policy('web-out', { ...(webOut as { spec: object }).spec, ...labelled('wec') })],
    'PTL110',
    'NetworkPolicy/web-out',
  ],
  [
    'SVC-06: a Service that sends to a number which no container declares, not the rule for the right one',
    [
      webOut,
      apiIn,
      service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 8081 }] }),
    ],
    'PTL204',
    'Service/api',
  ],
  [
    'SVC-22: a Service that is an alias by now',
    [webOut, apiIn, service('api', { type: 'ExternalName', externalName: 'example.com', ports: [{ port: 80 }] })],
    'PTL503',
    'Service/api',
  ],
])('%s', (_, manifests, code, construct) => {
  expect(checking([...shop, closed, ...manifests], [reaches]).findings).toMatchObject([{ code, blame: { construct } }]);
});

test('NP-28: a client on the network of its node, which no podSelector means', () => {
  const [ns, , server] = shop;
  const client = deployment('web', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  const profile = { cni: 'calico', podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };
  const [finding] = checking([ns, client, server, api, closed, webOut, apiIn], [reaches], profile).findings;
  expect(finding).toMatchObject({ code: 'PTL101', blame: { construct: 'Deployment/web' } });
});

test('SVC-12: the workload that runs no replica, not the Service in front of it', () => {
  const [ns, web] = shop;
  const idle = deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }) as { spec: object };
  const none = { ...idle, spec: { ...idle.spec, replicas: 0 } };
  expect(checking([ns, web, none, api], [reaches]).findings).toMatchObject([
    { code: 'PTL205', blame: { construct: 'Deployment/api' } },
  ]);
});

test('what a Service leads to by mistake contradicts no promise', () => {
  const silent = promise({ verb: 'toBeIsolated', subject: app('api'), ingress: false, egress: true, except: [] });
  const wrong = service('api', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 3000 }] });
  const apiQuiet = policy('api-quiet', { ...labelled('api'), policyTypes: ['Egress'] });
  const codes = checking([...shop, wrong, webOut, apiIn, apiQuiet], [reaches, silent]).findings.map(({ code }) => code);
  expect(codes).not.toContain('PTL902');
  expect(codes).not.toContain('PTL114');
});
