import type { Lint } from '../model/finding/lint';
import { backendsOf } from '../model/ingress/backends';
import type { Answer, Considered, RouteRule, Share } from '../model/ingress/routing';
import type { IngressBackend, IngressResource, ServicePort, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { ServiceShare, UrlVerdict } from '../model/reach/url-verdict';
import type { Diagnosis } from './diagnosis';
import type { Resolved } from './resolve';
import { aimOf } from './url-target';

type Forwarding = Answer & { readonly type: 'forwards' };

/** Why requests surely don't get to what was promised: what is done with them instead. */
export function causeOfAnswer(
  answer: Answer,
  target: Resolved | undefined,
  route: UrlVerdict,
  network: Network,
): Diagnosis {
  const rule = route.taken?.routed.rule;
  const blame = rule?.origin;
  switch (answer.type) {
    case 'forwards':
      return elsewhere(answer, target, route, network);
    case 'redirects': {
      const { status, location } = answer;
      return { cause: { code: 'PTL407', status, location, rule }, blame };
    }
    case 'answers':
      return answeredByProxy({ ...answer, share: 1 }, route, network);
    case 'refuses':
      return { cause: { code: 'PTL406', proxy: proxyOf(route), because: answer.because }, blame };
  }
}

/** Who takes the request, for people. */
export function proxyOf({ taken }: UrlVerdict): string {
  return taken?.edge.label ?? 'nobody';
}

/** `shop/api:80`. */
export function backendLabel({
  service,
  port,
}: {
  readonly service: ServiceResource;
  readonly port: ServicePort;
}): string {
  return `${service.namespace}/${service.name}:${port.name ?? port.port}`;
}

function elsewhere(answer: Forwarding, target: Resolved | undefined, route: UrlVerdict, network: Network): Diagnosis {
  const astray = answer.to.filter(
    (share) => !target || !('service' in share) || aimOf(share, target, network) === 'none',
  );
  const forwarded = astray.find((share): share is ServiceShare => 'service' in share);
  const refused = astray.find((share): share is Extract<Share, { readonly status: number }> => 'status' in share);
  if (!forwarded && refused) return answeredByProxy(refused, route, network);
  // INVARIANT: whoever asks found a share that misses.
  const { share } = forwarded!;
  const { rule, considered = [] } = route.taken?.routed ?? {};
  const meant = target && considered.find((one) => leadsTo(one, target, network));
  const cause = { code: 'PTL405' as const, to: backendLabel(forwarded!), share, rule, meant };
  return { cause, blame: rule?.origin };
}

/** Whether a rule that lost, of an Ingress, would lead to what was promised. */
function leadsTo({ rule, matched }: Considered, target: Resolved, network: Network): boolean {
  const to = matched === 'yes' ? backendOfRule(rule, network) : undefined;
  return to !== undefined && aimOf(to, target, network) !== 'none';
}

function answeredByProxy(
  { status, because, share }: { readonly status: number; readonly because: string; readonly share: number },
  route: UrlVerdict,
  network: Network,
): Diagnosis {
  const { rule, considered = [], claim } = route.taken?.routed ?? {};
  if (rule) return failedBackend(rule, status, network) ?? answered({ status, because, share, rule }, route);
  // Of another host no rule was meant.
  const nearest = claim === 'host' || claim === 'wildcard' ? considered[0] : undefined;
  return answered({ status, because, share, nearest }, route);
}

function answered(
  told: Omit<Extract<Diagnosis['cause'], { code: 'PTL404' }>, 'code' | 'proxy'>,
  route: UrlVerdict,
): Diagnosis {
  const blame = (told.rule ?? told.nearest?.rule)?.origin;
  return { cause: { code: 'PTL404', ...told, proxy: proxyOf(route) }, blame };
}

interface BackendAt {
  readonly ingress: IngressResource;
  readonly backend: IngressBackend & { readonly type: 'service' };
}

/** What an Ingress names where a rule of it is; Routes tell their backends otherwise. */
function backendAt({ kind, namespace, name, field }: RouteRule, { cluster }: Network): BackendAt | undefined {
  if (kind !== 'Ingress') return undefined;
  const ingress = cluster.ingresses.find((each) => each.namespace === namespace && each.name === name);
  const backends = ingress ? backendsOf(ingress).map(({ backend }) => backend) : [];
  const backend = backends.find((each) => field.every((step, i) => each.field[i] === step));
  return ingress && backend?.type === 'service' ? { ingress, backend } : undefined;
}

/** ING-14 */
function serviceAt({ ingress, backend }: BackendAt, { cluster }: Network) {
  const service = cluster.servicesIn(ingress.namespace).find(({ name }) => name === backend.name);
  const port = service?.ports.find((each) => each.name === backend.port || each.port === backend.port);
  return service && { service, port };
}

/** Whom a rule of an Ingress sends to. */
function backendOfRule(rule: RouteRule, network: Network): Omit<ServiceShare, 'share'> | undefined {
  const at = backendAt(rule, network);
  const found = at && serviceAt(at, network);
  return found?.port && { service: found.service, port: found.port };
}

/** Why there is nothing behind the winning rule: its Service or its port is missing. */
function failedBackend(rule: RouteRule, status: number, network: Network): Diagnosis | undefined {
  const at = backendAt(rule, network);
  if (!at) return undefined;
  const lint = network.lints().find((each) => isAbout(each, at));
  if (lint?.code === 'PTL402') return { cause: { code: lint.code, lint, status }, blame: lint.origin };
  if (lint?.code === 'PTL403') return { cause: { code: lint.code, lint, status }, blame: lint.origin };
  return undefined;
}

/** What is suspicious about the very backend. */
function isAbout(lint: Lint, { ingress, backend }: BackendAt): boolean {
  if (lint.code !== 'PTL402' && lint.code !== 'PTL403') return false;
  const { namespace, name } = lint.object;
  if (namespace !== ingress.namespace || name !== ingress.name || lint.service !== backend.name) return false;
  return lint.code === 'PTL402' || lint.port === backend.port;
}
