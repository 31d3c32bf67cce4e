import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';

const parsed = (ingress: unknown) => resolveProfile({ object: { ingress }, origin: {} });
const faults = (ingress: unknown) =>
  parsed(ingress).faults.map(({ code, field, didYouMean }) => [code, field, didYouMean]);

test('a controller is known by its name, with what its Helm chart makes', () => {
  const { profile } = parsed(['nginx', { name: 'traefik', namespace: 'edge', servesWithoutClass: true }]);
  expect(profile.ingress).toMatchObject([
    { kind: 'nginx', className: 'nginx', controller: 'k8s.io/ingress-nginx', namespace: 'ingress-nginx' },
    { kind: 'traefik', namespace: 'edge', servesWithoutClass: true, strictPrefixMatching: false },
  ]);
});

test('another controller does what the API says, and tells where its pods are', () => {
  const { profile } = parsed([
    { name: 'ours', namespace: 'edge', labels: { app: 'edge' }, controller: 'example.com/ours' },
  ]);
  expect(profile.ingress).toMatchObject([{ kind: 'conformant', className: 'ours', controller: 'example.com/ours' }]);
});

test.each<[string, unknown, readonly unknown[]]>([
  ['no list', 'nginx', ['PTL018', 'ingress', undefined]],
  ['no name', [{}], ['PTL018', 'ingress.0', undefined]],
  ['nothing', [null], ['PTL018', 'ingress.0', undefined]],
  ['a slip in the name', ['ngnix'], ['PTL018', 'ingress.0', 'nginx']],
  ['a name of its own without namespace', [{ name: 'ours', labels: { a: 'b' } }], ['PTL018', 'ingress.0', undefined]],
  ['a name of its own without labels', [{ name: 'ours', namespace: 'a' }], ['PTL018', 'ingress.0', undefined]],
  ['a field that there is not', [{ name: 'nginx', class: 'a' }], ['PTL018', 'ingress.0.class', undefined]],
  ['a slip in a field', [{ name: 'nginx', classname: 'a' }], ['PTL018', 'ingress.0.classname', 'className']],
  ['an empty text', [{ name: 'nginx', namespace: '' }], ['PTL018', 'ingress.0.namespace', undefined]],
  ['labels that are none', [{ name: 'nginx', labels: { a: 1 } }], ['PTL018', 'ingress.0.labels', undefined]],
  ['no labels', [{ name: 'nginx', labels: {} }], ['PTL018', 'ingress.0.labels', undefined]],
  [
    'a truth value in quotes',
    [{ name: 'nginx', servesWithoutClass: 'yes' }],
    ['PTL018', 'ingress.0.servesWithoutClass', undefined],
  ],
])('%s is a fault of the profile', (_, ingress, fault) => {
  expect(faults(ingress)).toEqual([fault]);
});
