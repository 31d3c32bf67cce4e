import { renderLints } from '../../lib/diagnostics/lint-text';
import { Network } from '../../lib/model/network';
import { deployment, ns, policy, service } from '../support/manifests';

const shop = [
  ns('shop', { team: 'shop' }),
  deployment('web', { ports: [{ name: 'http', containerPort: 8080 }] }),
  deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] }),
];
const labelled = (app: string) => ({ matchLabels: { app } });
const never = { matchExpressions: ['Exists', 'DoesNotExist'].map((operator) => ({ key: 'a', operator })) };
const forDb = (...ingress: readonly object[]) => policy('p', { podSelector: labelled('db'), ingress });
const slice = (name: string, namespace: string) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace, labels: { 'kubernetes.io/service-name': 's' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080 }],
  endpoints: [{ addresses: ['192.0.2.7'] }],
});
const ingress = (name: string, port: object) => {
  const backend = { service: { name, port } };
  const paths = [{ path: '/x', pathType: 'Prefix', backend }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: { rules: [{ host: 'a.example.com', http: { paths } }], defaultBackend: backend },
  };
};
const cnp = (name: string, spec: object) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...spec },
});

function textOf(...policies: readonly object[]): string {
  return renderLints(Network.from([...shop, ...policies]).lints(), () => undefined);
}

function titleOf(text: string): string {
  return text.slice(0, text.indexOf('\n\n')).replaceAll(/\s+/g, ' ');
}

function entryOf(label: string, text: string): string {
  const entry = new RegExp(`^ {2}${label} +(.*\\n(?: {12}.*\\n)*)`, 'm').exec(text)?.[1] ?? '';
  return entry.trim().replaceAll(/\s+/g, ' ');
}

test.each<[string, readonly object[], string, string]>([
  [
    'a subject without a near label',
    [policy('p', { podSelector: labelled('prometheus') })],
    'warning[PTL130]: `shop/p` selects no pod: none in `shop` has app=prometheus',
    'select by the labels of the pods, `spec.template.metadata.labels`; where the pods are made elsewhere, nothing is wrong',
  ],
  [
    'a policy in the wrong namespace',
    [policy('p', { podSelector: labelled('db') }, 'default')],
    'warning[PTL130]: `default/p` selects no pod: none is declared in `default`',
    'write `namespace: shop`, where there are pods that it matches',
  ],
  [
    'a cluster-wide policy without a subject',
    [cnp('c', { subject: { pods: { namespaceSelector: {}, podSelector: labelled('dbb') } } })],
    'warning[PTL130]: ClusterNetworkPolicy `c` selects no pod: none in its namespaces has app=dbb',
    'write `app=db`',
  ],
  [
    'a peer among others',
    [forDb({ from: [{ podSelector: labelled('web') }, { podSelector: labelled('wbe') }] })],
    'warning[PTL131]: `shop/p` has an ingress peer that matches nobody: no pod has app=wbe',
    'write `app=web`',
  ],
  [
    'a subject that contradicts itself',
    [policy('p', { podSelector: never })],
    'error[PTL132]: `shop/p` can never select a pod: `!a,a` contradicts itself',
    'write alternatives as values of one `In`, or as several policies',
  ],
  [
    'a block without addresses',
    [forDb({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.128.0.0/9'] } }] })],
    'error[PTL132]: `shop/p` has a block without any address: 10.0.0.0/8 except 10.0.0.0/9, 10.128.0.0/9',
    'leave out the peer, or the exception that takes too much',
  ],
  [
    'a namespace without a near label',
    [forDb({ from: [{ namespaceSelector: { matchLabels: { env: 'prod' } } }] })],
    'warning[PTL133]: `shop/p` means a namespace that nobody declares: none has env=prod',
    'match the name, or add the label to the Namespace; where the namespace is made elsewhere, declare it here too',
  ],
  [
    'a port name with another protocol',
    [forDb({ ports: [{ port: 'sql', protocol: 'UDP' }] })],
    'warning[PTL134]: `shop/p` names port sql with a protocol that no pod has it with: UDP',
    'write `protocol: TCP`',
  ],
  [
    'a port name of addresses',
    [
      policy('p', {
        podSelector: {},
        egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 'pg' }] }],
      }),
    ],
    'warning[PTL134]: `shop/p` names a port of addresses, which have no port names: pg',
    "write the port's number",
  ],
  [
    'dead rules that allow everything',
    [policy('p', { podSelector: {}, policyTypes: ['Egress'], ingress: [{}] })],
    'warning[PTL137]: `shop/p` has ingress rules that are never applied: policyTypes lists no Ingress',
    'add Ingress to policyTypes, or leave the rules out',
  ],
  [
    'an accepting rule of a later API',
    [cnp('c', { ingress: [{ action: 'Accept', from: [{ accounts: {} }] }] })],
    'warning[PTL142]: ClusterNetworkPolicy `c` has a peer that this version of its API does not know: `accounts`',
    "make sure that the cluster's version of the API knows `accounts`",
  ],
  [
    'a Service without a near label',
    [service('s', { selector: { app: 'prometheus' }, ports: [{ port: 80 }] })],
    'warning[PTL230]: Service `shop/s` leads nowhere: no pod in `shop` has app=prometheus',
    'select by the labels of the pods, `spec.template.metadata.labels`; where the pods are made elsewhere, nothing is wrong',
  ],
  [
    'a Service in the wrong namespace',
    [service('s', { selector: { app: 'db' }, ports: [{ port: 80 }] }, 'default')],
    'warning[PTL230]: Service `default/s` leads nowhere: no pod is declared in `default`',
    'write `namespace: shop`, where there are pods that it matches',
  ],
  [
    'a target port of another protocol',
    [service('s', { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 'sql', protocol: 'UDP' }] })],
    'warning[PTL231]: Service `shop/s` leads to port sql with a protocol that no pod of it has it with: UDP',
    'give the port of the Service and that of the containers one protocol',
  ],
  [
    'a target port of some pods only',
    [
      deployment('old', { labels: { app: 'db' } }),
      service('s', { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 'sql' }] }),
    ],
    'warning[PTL231]: Service `shop/s` leads to port sql, which some of its pods do not have',
    'declare the port on those pods too, or select them no longer',
  ],
  [
    'a Service that nobody gives endpoints',
    [service('s', { ports: [{ port: 80 }] })],
    'warning[PTL232]: Service `shop/s` has no selector, and nothing gives it endpoints',
    'add a selector, or an EndpointSlice with that label; where a controller makes the endpoints, nothing is wrong',
  ],
  [
    'a slice in another namespace',
    [service('s', { ports: [{ port: 80 }] }), slice('x', 'ops')],
    'warning[PTL232]: Service `shop/s` has no selector, and nothing gives it endpoints',
    'put EndpointSlice `ops/x` into namespace `shop`',
  ],
  [
    'a port of which only the slice has a name',
    [service('s', { ports: [{ port: 80 }] }), slice('x', 'shop')],
    'warning[PTL233]: Service `shop/s` has a port without a name (TCP) that no EndpointSlice of it has',
    'give both ports one name and protocol',
  ],
  [
    'a peer that means pods of another namespace',
    [deployment('edge', { namespace: 'front' }), forDb({ from: [{ podSelector: labelled('edge') }] })],
    'warning[PTL131]: `shop/p` has an ingress rule that matches nobody: it means pods of `shop` only',
    'add `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } }` to the peer',
  ],
  [
    'a Service that means pods of another namespace',
    [deployment('edge', { namespace: 'front' }), service('s', { selector: { app: 'edge' }, ports: [{ port: 80 }] })],
    'warning[PTL230]: Service `shop/s` leads nowhere: the pods with app=edge are not in `shop`',
    'put the Service into the namespace of the pods',
  ],
  [
    'a Service whose selector asks for nothing',
    [service('s', { selector: {}, ports: [{ port: 80 }] })],
    'warning[PTL232]: Service `shop/s` has an empty selector, and nothing gives it endpoints',
    'add a selector, or an EndpointSlice with that label; where a controller makes the endpoints, nothing is wrong',
  ],
  [
    'a backend without a near Service',
    [service('s', { selector: { app: 'web' }, ports: [{ port: 80 }] }), ingress('checkout', { number: 80 })],
    'warning[PTL402]: `a.example.com/x` and what no rule takes lead nowhere: namespace `shop` has no Service `checkout`',
    'name a Service of that namespace; where it is made elsewhere, nothing is wrong',
  ],
  [
    'a backend with the target port of its Service',
    [
      service('s', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      ingress('s', { number: 8080 }),
    ],
    'warning[PTL403]: `a.example.com/x` and what no rule takes: 8080 is where Service `shop/s` sends to, and no port of its own',
    'write `port: { number: 80 }`',
  ],
])('%s has words of its own', (_name, policies, title, help) => {
  const text = textOf(...policies);
  expect(titleOf(text)).toBe(title);
  expect(entryOf('help', text)).toBe(help);
  expect(text).toMatch(/\((?:(?:NP|SVC|ING)-\d\d(?:, )?)+\)/);
});

test('what a program made is told without a place, and with its word', () => {
  const text = textOf(policy('p', { podSelector: labelled('dbb') }));
  expect(entryOf('here', text)).toBe('none of the 2 workloads has app=dbb; did you mean `app=db`?');
  expect(entryOf('in', text)).toBe('NetworkPolicy shop/p, spec.podSelector');
});

test('many rules that cover one are counted', () => {
  const blocks = [1, 2, 3, 4, 5].map((n) => ({ ipBlock: { cidr: `10.${n}.0.0/16` } }));
  const text = textOf(forDb({ from: blocks, ports: [{ port: 80 }] }, ...blocks.map((block) => ({ from: [block] }))));
  expect(entryOf('here', text)).toBe('covered by ingress[1], ingress[2] and 3 more');
});
