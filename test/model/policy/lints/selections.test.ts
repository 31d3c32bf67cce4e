import { deployment, ns, pod, policy } from '../../../support/manifests';
import { labelled, letIn, lintsOf, named, placesOf, shop } from './support';

const protecting = (podSelector: object, namespace?: string) => policy('p', { podSelector, ingress: [] }, namespace);
const from = (...peers: readonly object[]) => letIn({ from: peers });
const exists = (key: string) => ({ key, operator: 'Exists' });

describe('PTL130: a policy selects no pod', () => {
  test.each<[string, readonly object[], string[]]>([
    ['NP-03: no pod has the label', [protecting(labelled('databse'))], ['shop/p spec.podSelector']],
    ['NP-03: no pod has the key', [protecting({ matchExpressions: [exists('tier')] })], ['shop/p spec.podSelector']],
    [
      'NP-13: no pod meets both requirements',
      [protecting({ matchLabels: { app: 'web', tier: 'x' } })],
      ['shop/p spec.podSelector'],
    ],
    ['NP-03: the pods are in another namespace', [protecting(labelled('web'), 'shpo')], ['shpo/p metadata.namespace']],
    ['NP-44: the namespace was forgotten', [protecting(labelled('web'), 'default')], ['default/p metadata.namespace']],
  ])('%s: it fires', (_name, policies, places) => {
    expect(placesOf('PTL130', [...shop, ...policies])).toEqual(places);
  });

  test.each<[string, readonly object[]]>([
    ['NP-06: an empty selector selects every pod', [...shop, protecting({})]],
    [
      'NP-13: NotIn selects pods without the key',
      [...shop, protecting({ matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['y'] }] })],
    ],
    ['no pod is declared at all, so that they are elsewhere', [ns('shop'), protecting(labelled('web'))]],
    ['the namespace is declared but its pods are not', [...shop, ns('ops'), protecting(labelled('web'), 'ops')]],
    ['kube-system has pods that nobody declares', [...shop, protecting(labelled('web'), 'kube-system')]],
    [
      'the controller chooses the value of the label',
      [...shop, protecting({ matchLabels: { 'pod-template-hash': '5f6d' } })],
    ],
    [
      'NP-13: the selector contradicts itself, which is another lint',
      [...shop, protecting({ matchExpressions: [exists('a'), { key: 'a', operator: 'DoesNotExist' }] })],
    ],
  ])('%s: it does not fire', (_name, manifests) => {
    expect(placesOf('PTL130', manifests)).toEqual([]);
  });

  test.each<[string, object, string | undefined]>([
    ['a value near one of the key', labelled('databse'), 'app=database'],
    ['the value under another key', { matchLabels: { name: 'database' } }, 'app=database'],
    ['a key that is misspelt', { matchLabels: { ap: 'web' } }, 'app=web'],
    ['a key that is misspelt, whatever its value', { matchExpressions: [exists('aap')] }, 'app=web'],
    ['one of several requirements', { matchLabels: { app: 'webb' } }, 'app=web'],
    ['nothing near', labelled('prometheus'), undefined],
    ['a value that says nothing', { matchLabels: { public: 'true' } }, undefined],
    ['a label that would not help', { matchLabels: { app: 'webb', tier: 'x' } }, undefined],
  ])('%s gives did you mean %j %s', (_name, podSelector, didYouMean) => {
    expect(lintsOf('PTL130', [...shop, protecting(podSelector)])).toEqual([expect.objectContaining({ didYouMean })]);
  });

  test('a namespace is guessed where its pods match', () => {
    expect(lintsOf('PTL130', [...shop, protecting(labelled('web'), 'default')])).toEqual([
      expect.objectContaining({ namespaceMeant: 'shop', severity: 'warning' }),
    ]);
  });
});

describe('PTL131: a peer matches nobody', () => {
  test.each<[string, object, string[]]>([
    [
      'NP-18: no pod has the label',
      from({ podSelector: labelled('appi') }),
      ['shop/p spec.ingress[0].from[0].podSelector'],
    ],
    [
      'NP-10: the pod is in another namespace',
      from({ podSelector: labelled('web'), namespaceSelector: named('ops') }),
      ['shop/p spec.ingress[0].from[0].podSelector'],
    ],
    [
      'NP-11: a slip in any namespace',
      from({ podSelector: labelled('databse'), namespaceSelector: {} }),
      ['shop/p spec.ingress[0].from[0].podSelector'],
    ],
    ['a slip in the label of the DNS pods', letOut53('kube-dn'), ['shop/p spec.egress[0].to[0].podSelector']],
  ])('%s: it fires', (_name, manifest, places) => {
    expect(placesOf('PTL131', [...shop, ns('ops'), deployment('tool', { namespace: 'ops' }), manifest])).toEqual(
      places,
    );
  });

  test.each<[string, object]>([
    ['a pod has the label', from({ podSelector: labelled('web') })],
    ['NP-11: any pod of any namespace', from({ namespaceSelector: {} })],
    [
      'NP-14: a namespace that nobody declares',
      from({ podSelector: labelled('x'), namespaceSelector: named('monitoring') }),
    ],
    [
      'NP-14: a declared namespace whose pods are elsewhere',
      from({ podSelector: labelled('x'), namespaceSelector: named('empty') }),
    ],
    [
      'NP-11: pods of any namespace may be elsewhere',
      from({ podSelector: labelled('prometheus'), namespaceSelector: {} }),
    ],
    ['the DNS pods that every cluster has', letOut53('kube-dns')],
    ['other pods of kube-system', from({ podSelector: labelled('metrics'), namespaceSelector: named('kube-system') })],
    ['NP-17: addresses', from({ ipBlock: { cidr: '10.0.0.0/8' } })],
    [
      'NP-02: rules that are not applied',
      policy('p', {
        podSelector: {},
        policyTypes: ['Egress'],
        ingress: [{ from: [{ podSelector: labelled('appi') }] }],
      }),
    ],
  ])('%s: it does not fire', (_name, manifest) => {
    expect(placesOf('PTL131', [...shop, ns('empty'), manifest])).toEqual([]);
  });

  test('it tells a rule without any match from one with some', () => {
    const [typo, web] = [{ podSelector: labelled('appi') }, { podSelector: labelled('web') }];
    const found = lintsOf('PTL131', [...shop, letIn({ from: [typo] }, { from: [typo, web] })]);
    expect(found.map(({ isWholeRule }) => isWholeRule)).toEqual([true, false]);
  });

  test('NP-11: it tells of pods in other namespaces, where the peer names none', () => {
    const tool = deployment('tool', { namespace: 'ops' });
    const [bare] = lintsOf('PTL131', [...shop, tool, from({ podSelector: labelled('tool') })]);
    expect(bare).toMatchObject({ elsewhere: ['ops/tool'], didYouMean: undefined });
    const home = { podSelector: labelled('tool'), namespaceSelector: named('shop') };
    expect(lintsOf('PTL131', [...shop, tool, from(home)])[0]).toMatchObject({ elsewhere: [] });
  });
});

describe('PTL132: nothing can ever match', () => {
  const never = { matchExpressions: [exists('a'), { key: 'a', operator: 'DoesNotExist' }] };

  test.each<[string, object, string[]]>([
    ['NP-13: a subject that contradicts itself', protecting(never), ['shop/p spec.podSelector']],
    [
      'NP-13: pods that contradict themselves',
      from({ podSelector: never }),
      ['shop/p spec.ingress[0].from[0].podSelector'],
    ],
    [
      'NP-13: namespaces that contradict themselves',
      from({ namespaceSelector: never }),
      ['shop/p spec.ingress[0].from[0].namespaceSelector'],
    ],
    [
      'NP-13: two values for one key',
      protecting({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] }),
      ['shop/p spec.podSelector'],
    ],
    [
      'NP-15: exceptions that take all of a block',
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.128.0.0/9'] } }),
      ['shop/p spec.ingress[0].from[0].ipBlock'],
    ],
  ])('%s: it fires, as an error', (_name, manifest, places) => {
    expect(placesOf('PTL132', [...shop, manifest])).toEqual(places);
    expect(lintsOf('PTL132', [...shop, manifest])[0].severity).toBe('error');
  });

  test.each<[string, object]>([
    [
      'NP-13: In and NotIn that leave a value',
      protecting({
        matchExpressions: [
          { key: 'app', operator: 'In', values: ['a', 'b'] },
          { key: 'app', operator: 'NotIn', values: ['a'] },
        ],
      }),
    ],
    [
      'NP-13: NotIn and DoesNotExist',
      protecting({
        matchExpressions: [
          { key: 'app', operator: 'NotIn', values: ['a'] },
          { key: 'app', operator: 'DoesNotExist' },
        ],
      }),
    ],
    ['NP-15: an exception that leaves addresses', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9'] } })],
  ])('%s: it does not fire', (_name, manifest) => {
    expect(placesOf('PTL132', [...shop, manifest])).toEqual([]);
  });
});

describe('PTL133: no namespace has the label', () => {
  const fromNamespace = (namespaceSelector: object) => from({ namespaceSelector });

  test.each<[string, object, string | undefined]>([
    ['NP-14: a label that no namespace carries', { matchLabels: { team: 'observability' } }, undefined],
    ['NP-14: a value that is misspelt', { matchLabels: { team: 'shpo' } }, 'team=shop'],
    ['NP-14: a label of pods', { matchLabels: { app: 'web' } }, undefined],
    ['NP-14: a name that is misspelt', named('shpo'), 'kubernetes.io/metadata.name=shop'],
    ['NP-14: the name under a key of its own', { matchLabels: { name: 'shop' } }, 'team=shop'],
    ['NP-13: two labels that no namespace has both of', { matchLabels: { team: 'shop', tier: 'ops' } }, undefined],
  ])('%s: it fires', (_name, selector, didYouMean) => {
    const [lint, ...more] = lintsOf('PTL133', [...shop, ns('ops', { tier: 'ops' }), fromNamespace(selector)]);
    expect(lint).toMatchObject({ severity: 'warning', namespaces: 2 });
    expect({ didYouMean: lint.didYouMean, more }).toEqual({ didYouMean, more: [] });
  });

  test.each<[string, readonly object[]]>([
    ['a namespace carries it', [...shop, fromNamespace({ matchLabels: { team: 'shop' } })]],
    ['no namespace is declared', [pod('shop/web'), fromNamespace({ matchLabels: { team: 'x' } })]],
    [
      'one of the namespaces is made elsewhere',
      [...shop, pod('ops/tool'), fromNamespace({ matchLabels: { team: 'x' } })],
    ],
    ['NP-14: a namespace made elsewhere, by its name', [...shop, fromNamespace(named('monitoring'))]],
    ['NP-14: a namespace that every cluster has', [...shop, fromNamespace({ matchLabels: { name: 'kube-system' } })]],
    [
      'NP-13: all namespaces but those that are here',
      [...shop, fromNamespace({ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['shop'] }] })],
    ],
  ])('%s: it does not fire', (_name, manifests) => {
    expect(placesOf('PTL133', manifests)).toEqual([]);
  });
});

function letOut53(app: string): object {
  const to = [{ namespaceSelector: named('kube-system'), podSelector: { matchLabels: { 'k8s-app': app } } }];
  return policy('p', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }] }],
  });
}
