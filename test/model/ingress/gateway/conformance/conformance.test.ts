import { answerTo, edgeOf } from '../lab';
import { FILTERS } from './filters';
import { GRPC } from './grpc';
import { HOSTNAMES } from './hostnames';
import { MATCHING } from './matching';
import { REFERENCES } from './references';
import type { Expected, Scenario } from './suite';
import { TLS } from './tls';

const SCENARIOS: readonly Scenario[] = [...MATCHING, ...HOSTNAMES, ...REFERENCES, ...FILTERS, ...GRPC, ...TLS];

const rows = SCENARIOS.flatMap((scenario) =>
  scenario.requests.map((request): [string, string, string, string, Scenario, Expected] => {
    const [url, answer, headers] = request;
    const text = `${url}${headers ? ` ${JSON.stringify(headers)}` : ''}`;
    return [scenario.rule, scenario.name, text, String(answer), scenario, request];
  }),
);

const edges = new Map(SCENARIOS.map((each) => [each, edgeOf(each.objects, each.gateway)]));

describe('the conformance tests of the Gateway API, as far as manifests decide them', () => {
  test('are 250 requests at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(250);
  });

  test.each(rows)('%s: %s: %s is answered by %s', (_rule, _name, _url, answer, scenario, request) => {
    expect(answerTo(edges.get(scenario)!, request)).toBe(answer);
  });

  test.each(SCENARIOS.map((each) => [each.name, each] as const))(
    'GW-06: the order of manifests is nothing to %s',
    (_name, { objects, gateway, requests }) => {
      const edge = edgeOf([...objects].reverse(), gateway);
      expect(requests.map((request) => answerTo(edge, request))).toEqual(requests.map(([, answer]) => String(answer)));
    },
  );
});
