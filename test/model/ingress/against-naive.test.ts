import fc from 'fast-check';
import { type NaiveIngress, naiveAnswers, precisionOf } from '../../naive/ingress';
import { edgesFor, type IngressSpec, type PathSpec, routedBy, withApps } from './lab';

const HOSTS = ['a.b', 'c.b', 'b', 'd.a.b'] as const;
const PATHS = ['/', '/x', '/x/', '/x/y', '/xy', '/X'] as const;
const SERVICES = ['one', 'two', 'three'] as const;

const path = fc.record({
  type: fc.constantFrom('Exact' as const, 'Prefix' as const, 'Prefix' as const, 'ImplementationSpecific' as const),
  path: fc.constantFrom(...PATHS),
  service: fc.constantFrom(...SERVICES),
});
const rule = fc.record({
  host: fc.option(fc.constantFrom(...HOSTS, '*.b', '*.a.b'), { nil: undefined }),
  paths: fc.option(fc.array(path, { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 6 }),
});
const ingress: fc.Arbitrary<NaiveIngress> = fc.record({
  rules: fc.uniqueArray(rule, { minLength: 1, maxLength: 3, selector: ({ host }) => host ?? '' }),
  defaultBackend: fc.option(fc.constantFrom(...SERVICES), { nil: undefined, freq: 2 }),
});
const request = fc.record({ host: fc.constantFrom(...HOSTS), path: fc.constantFrom(...PATHS, '/x/y/z', '/z') });

function spec({ rules, defaultBackend }: NaiveIngress, i: number): IngressSpec {
  const own = rules.map(({ host = '', paths }) => {
    const specs = paths?.map(({ type, path, service }): PathSpec => ({ type, path, to: service }));
    return [host, specs] as const;
  });
  return { name: `edge-${i}`, rules: Object.fromEntries(own), defaultBackend };
}

test('ING-01 to ING-11: no answer is left out that some world gives, and with one host none is added', () => {
  fc.assert(
    fc.property(fc.array(ingress, { minLength: 1, maxLength: 3 }), request, (ingresses, { host, path }) => {
      const [edge] = edgesFor(withApps(...ingresses.map(spec)));
      const { answers, doubts } = routedBy(edge, `http://${host}${path}`);
      const told = new Set(
        answers.map((answer) => {
          if (answer.type !== 'forwards') return answer.type === 'answers' ? String(answer.status) : answer.type;
          const [share] = answer.to;
          return 'service' in share
            ? share.service.name
            : 'status' in share
              ? String(share.status)
              : share.elsewhere.name;
        }),
      );
      const possible = naiveAnswers(ingresses, host, path);
      expect([...possible].filter((answer) => !told.has(answer))).toEqual([]);
      expect(told.size === 1).toBe(doubts.length === 0);
      // ING-04: the model takes each rule with a less precise host for open by itself, and may leave more open than there is.
      const hosts = ingresses.flatMap(({ rules }) => rules.map((rule) => precisionOf(rule.host, host)));
      const isOneHost = new Set(hosts.filter((precision) => precision > 0)).size < 2;
      if (isOneHost) expect([...told].sort()).toEqual([...possible].sort());
    }),
    { numRuns: 1500 },
  );
});
