import { gatewayEdges } from '../../../../../lib/model/ingress/gateway/gateway-edges';
import { requestTo } from '../../../../../lib/model/ingress/request';
import type { Answer, Routed, Share } from '../../../../../lib/model/ingress/routing';
import { asManifest, clusterOf } from '../../../../../lib/model/network';
import { FILTERS } from './filters';
import { GRPC } from './grpc';
import { HOSTNAMES } from './hostnames';
import { MATCHING } from './matching';
import { REFERENCES } from './references';
import { BASE, type Expected, INFRA, type Scenario } from './suite';
import { TLS } from './tls';

const SCENARIOS: readonly Scenario[] = [...MATCHING, ...HOSTNAMES, ...REFERENCES, ...FILTERS, ...GRPC, ...TLS];

const rows = SCENARIOS.flatMap((scenario) =>
  scenario.requests.map((request): [string, string, string, string, Scenario, Expected] => {
    const [url, answer, headers] = request;
    return [
      scenario.rule,
      scenario.name,
      `${url}${headers ? ` ${JSON.stringify(headers)}` : ''}`,
      String(answer),
      scenario,
      request,
    ];
  }),
);

describe('the conformance tests of the Gateway API, as far as manifests decide them', () => {
  test('are 250 requests at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(250);
  });

  test.each(rows)('%s: %s: %s is answered by %s', (_rule, _name, _url, answer, scenario, request) => {
    expect(answerTo(scenario, request)).toBe(answer);
  });
});

const edges = new Map<Scenario, ReturnType<typeof gatewayEdges>>();

function answerTo(scenario: Scenario, [text, , headers = {}]: Expected): string {
  const [, method, rest] = /^(?:([A-Z]+) )?(.*)$/.exec(text) ?? [];
  const url = rest.includes('://') ? rest : `http://${rest.startsWith('/') ? `gateway.test${rest}` : rest}`;
  const parsed = requestTo(url, { method, headers: Object.entries(headers) });
  if (!parsed.ok) throw new Error(parsed.problem);
  if (!edges.has(scenario)) edges.set(scenario, gatewayEdges(clusterFor(scenario)));
  const edge = edges.get(scenario)?.find(({ gateway }) => gateway?.name === (scenario.gateway ?? 'same-namespace'));
  return edge ? told(edge.route(parsed.request)) : 'no such Gateway';
}

function clusterFor({ objects }: Scenario) {
  return clusterOf([...BASE, ...objects].map(asManifest), {});
}

function told({ answers, doubts }: Routed): string {
  if (answers.length > 1 || doubts.length > 0)
    return `unknown: ${doubts.map(({ wouldDecide }) => wouldDecide).join('; ')}`;
  const [answer]: readonly Answer[] = answers;
  switch (answer.type) {
    case 'forwards':
      return `${shares(answer.to)}${rewritten(answer.rewrite)}`;
    case 'redirects':
      return `${answer.status} ${answer.location}`;
    case 'answers':
      return String(answer.status);
    case 'refuses':
      return 'refused';
  }
}

function shares(to: readonly Share[]): string {
  const names = to.map((share) => {
    if ('status' in share) return String(share.status);
    const { namespace, name } = share.service;
    return namespace === INFRA ? name : `${namespace}/${name}`;
  });
  return to.length === 1 ? names[0] : to.map(({ share }, i) => `${names[i]} ${Math.round(share * 100)}%`).join(', ');
}

function rewritten(rewrite: (Answer & { type: 'forwards' })['rewrite']): string {
  return rewrite ? ` as ${rewrite.host ?? ''}${rewrite.path ?? ''}` : '';
}
