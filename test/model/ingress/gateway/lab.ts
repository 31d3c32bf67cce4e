import type { Edge } from '../../../../lib/model/ingress/edge';
import { gatewayEdges } from '../../../../lib/model/ingress/gateway/gateway-edges';
import { requestTo } from '../../../../lib/model/ingress/request';
import type { Answer, Routed, Share } from '../../../../lib/model/ingress/routing';
import { asManifest, clusterOf } from '../../../../lib/model/network';
import { BASE, type Expected, INFRA } from './conformance/suite';

/** A cluster with what the conformance tests start from, and more. */
export function clusterWith(...objects: readonly object[]) {
  return clusterOf([...BASE, ...objects].map(asManifest), {});
}

export function edgeOf(objects: readonly object[], gateway = 'same-namespace'): Edge {
  const edge = gatewayEdges(clusterWith(...objects)).find((each) => each.gateway?.name === gateway);
  if (!edge) throw new Error(`no Gateway ${gateway}`);
  return edge;
}

/** What an edge does with a request as scenarios write it. */
export function routed(edge: Edge, [text, , headers = {}]: Expected): Routed {
  const [, method, rest] = /^(?:([A-Z]+) )?(.*)$/.exec(text) ?? [];
  const url = rest.includes('://') ? rest : `http://${rest.startsWith('/') ? `gateway.test${rest}` : rest}`;
  const parsed = requestTo(url, { method, headers: Object.entries(headers) });
  if (!parsed.ok) throw new Error(parsed.problem);
  return edge.route(parsed.request);
}

/** The answer to a request as scenarios write it; of several each, with the rules that leave it open. */
export function answerTo(edge: Edge, expected: Expected): string {
  const { answers, doubts } = routed(edge, expected);
  const texts = answers.map(told);
  if (doubts.length === 0 && texts.length === 1) return texts[0];
  return `${texts.join(' or ')} (${[...new Set(doubts.map(({ rule }) => rule))].join(', ')})`;
}

function told(answer: Answer): string {
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
    const { namespace, name } = 'service' in share ? share.service : share.elsewhere;
    return namespace === INFRA ? name : `${namespace}/${name}`;
  });
  return to.length === 1 ? names[0] : to.map(({ share }, i) => `${names[i]} ${Math.round(share * 100)}%`).join(', ');
}

function rewritten(rewrite: (Answer & { type: 'forwards' })['rewrite']): string {
  return rewrite ? ` as ${rewrite.host ?? ''}${rewrite.path ?? ''}` : '';
}
