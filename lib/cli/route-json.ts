import { reasonOfRoute } from '../diagnostics/url-reason';
import type { Answer, Considered, RouteRule, ServiceName, Share, TlsTermination } from '../model/ingress/routing';
import { formatField } from '../model/manifest/reader/place';
import { podLabel } from '../model/reach/policy-hops';
import type { AtEdge, ServiceShare, UrlBackend, UrlVerdict } from '../model/reach/url-verdict';
import type { PairVerdict } from '../model/reach/verdict';
import { placeJson } from './place-json';
import { hopsJson } from './verdict-json';

/** The way of a request as other programs read it: see `schemas/route.schema.json`. */
export function routeJson(verdict: UrlVerdict): object {
  const { outcome, taken, others, answers, entering, entrances, backends, doubts } = verdict;
  const { rule, considered = [], tls } = taken?.routed ?? {};
  return {
    outcome,
    reason: reasonOfRoute(verdict),
    ...answeredJson(answers.length === 1 ? answers[0] : undefined, backends),
    rule: rule ? ruleJson(rule) : null,
    considered: considered.map(consideredJson),
    answers: answers.map(answerJson),
    tls: tls ? tlsJson(tls) : null,
    proxy: taken ? proxyJson(taken) : null,
    others: others.map((at) => ({ ...proxyJson(at), answers: at.routed.answers.map(answerJson) })),
    entering: entering ?? null,
    ways: [
      ...entrances.map((pair) => wayJson('entering', pair)),
      ...backends.flatMap(({ ways }) => ways.map((pair) => wayJson('forwarding', pair))),
    ],
    doubts: doubts.map(({ rule, wouldDecide }) => ({ rule, wouldDecide })),
  };
}

/** The one answer; of several each field is empty. */
function answeredJson(answer: Answer | undefined, backends: readonly UrlBackend[]): object {
  const shares = answer?.type === 'forwards' ? answer.to : [];
  const ofShare = (share: Share) => backends.find((each) => each.share === share);
  const [only] = shares.length === 1 ? shares : [];
  const rewrite = answer?.type === 'forwards' ? answer.rewrite : undefined;
  const own = answer && 'status' in answer ? answer.status : undefined;
  return {
    backend: only ? backendOf(only, ofShare(only)) : null,
    status: own ?? (only ? statusOf(only, ofShare(only)) : null),
    location: answer?.type === 'redirects' ? answer.location : null,
    rewrite: rewrite ? { host: rewrite.host ?? null, path: rewrite.path ?? null } : null,
    backends: shares.map((share) => ({
      ...backendOf(share, ofShare(share)),
      share: share.share,
      status: statusOf(share, ofShare(share)),
    })),
  };
}

function backendOf(share: Share, backend: UrlBackend | undefined): object | null {
  if ('service' in share) return backendJson(share, backend);
  return 'elsewhere' in share ? { ...elsewhereJson(share.elsewhere), pods: [] } : null;
}

function elsewhereJson({ namespace, name, port }: ServiceName): object {
  return { namespace, service: name, port: port ?? null };
}

function backendJson({ service, port }: ServiceShare, backend: UrlBackend | undefined): object {
  const { namespace, name } = service;
  return { namespace, service: name, port: port.port, pods: podsOf(backend?.ways ?? []) };
}

/** As `reach` calls who answers: pods by their labels, and what is no pod by its bare address. */
function podsOf(ways: readonly PairVerdict[]): readonly string[] {
  return [...new Set(ways.map(({ target, to }) => (target ? podLabel(target) : to)))].sort();
}

/** What the proxy answers itself: of what leads nowhere (GW-11), and of a Service without endpoints (SVC-12). */
function statusOf(share: Share, backend: UrlBackend | undefined): number | null {
  if ('status' in share) return share.status;
  return backend?.stop?.decision === 'stops' ? 503 : null;
}

function answerJson(answer: Answer): object {
  switch (answer.type) {
    case 'forwards': {
      const to = answer.to.map((share) => {
        if ('status' in share) return { share: share.share, status: share.status, because: share.because };
        if ('elsewhere' in share) return { ...elsewhereJson(share.elsewhere), share: share.share };
        const { service, port } = share;
        return { namespace: service.namespace, service: service.name, port: port.port, share: share.share };
      });
      return { type: answer.type, to, notes: answer.notes };
    }
    case 'redirects':
      return { type: answer.type, status: answer.status, location: answer.location };
    case 'answers':
      return { type: answer.type, status: answer.status, because: answer.because };
    case 'refuses':
      return { type: answer.type, because: answer.because };
  }
}

/** `rule` is the position among the object's rules; a default backend has none. */
function ruleJson({ kind, namespace, name, index, matches, field, origin }: RouteRule): object {
  const { construct } = origin;
  return { kind, namespace, name, rule: index, matches, field: formatField(field), construct, ...placeJson(origin) };
}

function consideredJson({ rule, matched, because }: Considered): object {
  return { ...ruleJson(rule), matched, because };
}

function tlsJson({ mode, secret, covers, because }: TlsTermination): object {
  return { mode, secret: secret ? `${secret.namespace}/${secret.name}` : null, covers, because };
}

function proxyJson({ edge: { api, label, gateway, controller } }: AtEdge): object {
  return {
    api,
    name: label,
    gateway: gateway && `${gateway.namespace}/${gateway.name}`,
    pods: controller ? controller.pods.map(podLabel) : null,
  };
}

function wayJson(leg: 'entering' | 'forwarding', { from, to, outcome, hops }: PairVerdict): object {
  return { leg, from, to, outcome, hops: hopsJson(hops) };
}
