import { faultsOf, readOne } from './reading';

const ingressClass = (spec: unknown, metadata: object = { name: 'public' }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata,
  spec,
});
const controller = 'k8s.io/ingress-nginx';
const params = (parameters: object) =>
  ingressClass({ controller, parameters: { kind: 'ConfigMap', name: 'a', ...parameters } });
const PARAMS = 'spec.parameters';

test('ING-13: a class tells its controller', () => {
  expect(readOne('ingressClass', ingressClass({ controller }))).toMatchObject({
    name: 'public',
    namespace: '',
    controller,
    isDefault: false,
  });
});

test.each([
  ['true', true],
  ['false', false],
  ['yes', false],
])('ING-12: is-default-class %s', (value, isDefault) => {
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': value };
  expect(readOne('ingressClass', ingressClass({ controller }, { name: 'a', annotations })).isDefault).toBe(isDefault);
});

test.each<[string, object, string]>([
  ['no spec', ingressClass(undefined), 'PTL003 spec.controller'],
  ['no controller', ingressClass({}), 'PTL003 spec.controller'],
  ['an empty controller', ingressClass({ controller: '' }), 'PTL014 spec.controller'],
  ['a controller without a domain', ingressClass({ controller: 'nginx' }), 'PTL014 spec.controller'],
  ['a controller without a path', ingressClass({ controller: 'k8s.io/' }), 'PTL014 spec.controller'],
  ['a controller of a wrong domain', ingressClass({ controller: 'K8s.io/a' }), 'PTL014 spec.controller'],
  ['a controller of too many signs', ingressClass({ controller: `a/${'b'.repeat(250)}` }), 'PTL004 spec.controller'],
  ['a name that is none', ingressClass({ controller }, { name: 'My_Class' }), 'PTL014 metadata.name'],
  ['parameters without a kind', params({ kind: undefined }), `PTL003 ${PARAMS}.kind`],
  ['parameters without a name', params({ name: undefined }), `PTL003 ${PARAMS}.name`],
  ['a scope that there is not', params({ scope: 'cluster' }), `PTL004 ${PARAMS}.scope -> Cluster`],
  ['parameters of a namespace without it', params({ scope: 'Namespace' }), `PTL003 ${PARAMS}.namespace`],
  ['parameters of the cluster with a namespace', params({ namespace: 'a' }), `PTL020 ${PARAMS}.namespace`],
])('ING-13: %s', (_, object, fault) => {
  expect(faultsOf(object)).toEqual([fault]);
});
