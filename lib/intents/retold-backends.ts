import type { Lint, LintOf } from '../model/finding/lint';
import type { ObjectName } from '../model/finding/object-name';
import type { RouteRule } from '../model/ingress/routing';
import type { Broken } from './checked';
import { backendLabel } from './diagnose-url';

/** Lints about what an Ingress or a route names: other backends of the same object are told apart from them. */
type BackendLint = LintOf<'PTL402' | 'PTL403' | 'PTL421'>;

/** What a broken promise about a URL tells of the backend that its request came to. */
export function toldOfBackends(broken: Broken, lints: readonly Lint[]): readonly Lint[] {
  const { cause, route, example } = broken;
  if (cause.code === 'PTL402' || cause.code === 'PTL403') {
    const { lint } = cause;
    return lints.filter((each) => isBackendLint(each) && isOf(each, lint.object) && isSameBackend(each, lint));
  }
  const rule = route?.taken?.routed.rule;
  if (!rule) return [];
  if (cause.code === 'PTL404') return brokenBackendOf(rule, lints);
  return example?.outcome === 'denied' ? lints.filter((each) => isShut(each, rule, broken)) : [];
}

function isBackendLint(lint: Lint): lint is BackendLint {
  return lint.code === 'PTL402' || lint.code === 'PTL403' || lint.code === 'PTL421';
}

function isOf({ object }: Lint, { kind, namespace, name }: ObjectName): boolean {
  return object.kind === kind && object.namespace === namespace && object.name === name;
}

/** ING-14: an Ingress names one Service by several ports, and where there is none each has a lint of its own. */
function isSameBackend(lint: BackendLint, told: BackendLint): boolean {
  if (lint.code === 'PTL402') return told.code === 'PTL402' && lint.service === told.service;
  if (lint.code === 'PTL403') return told.code === 'PTL403' && lint.service === told.service && lint.port === told.port;
  return false;
}

/** GW-10, GW-11: of several backends of a rule the promise tells one; which one, only a single lint can say. */
function brokenBackendOf(rule: RouteRule, lints: readonly Lint[]): readonly Lint[] {
  const within = lints.filter(
    (each) => isBackendLint(each) && isOf(each, rule) && rule.field.every((step, i) => each.field[i] === step),
  );
  return within.length === 1 ? within : [];
}

/** NP-40: policies keep the proxy from the pods of this very backend, whichever rule of the object leads there. */
function isShut(lint: Lint, rule: RouteRule, { route }: Broken): boolean {
  if (lint.code !== 'PTL417' || !isOf(lint, rule) || lint.proxy !== route?.taken?.edge.label) return false;
  // INVARIANT: of several backends the promise tells the first.
  const shut = route.backends.find(({ ways }) => ways.some(({ outcome }) => outcome === 'denied'));
  return shut !== undefined && backendLabel(shut.share) === lint.service;
}
