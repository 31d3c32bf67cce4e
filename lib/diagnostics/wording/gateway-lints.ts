import type { LintOf, ObjectName } from '../../model/finding/lint';
import { listed } from '../reason';
import type { LintWording } from './lint-words';
import { didYouMean, quoted } from './wording';

type GatewayLint = LintOf<'PTL420' | 'PTL421' | 'PTL422'>;

/** Lints about Gateways and the routes that are attached to them. */
export function gatewayWording(lint: GatewayLint): LintWording {
  switch (lint.code) {
    case 'PTL420':
      return attachesToNothing(lint);
    case 'PTL421':
      return missingGrant(lint);
    case 'PTL422':
      return conflictingListeners(lint);
  }
}

function attachesToNothing(lint: LintOf<'PTL420'>): LintWording {
  const { object, parent, asked, has, didYouMean: meant } = lint;
  const gateway = nameText(parent);
  const told = `${nameText(object)} is attached to nothing`;
  const there = listed(has.map(quoted));
  const meantText = didYouMean(meant);
  const written = (what: string) => (meant === undefined ? what : `write ${quoted(meant)}`);
  switch (lint.problem) {
    case 'no-gateway':
      return {
        title: `${told}: there is no ${gateway}`,
        label: `no Gateway of this name is declared${meantText}`,
        why: 'A route is attached to the Gateways that its parentRefs name, in its own namespace unless they name another (GW-05). What is attached to nothing routes nothing.',
        fix: written('name a Gateway; where it is made elsewhere, nothing is wrong'),
      };
    case 'another-namespace':
      return {
        title: `${told}: the Gateway ${quoted(asked)} is in ${there}`,
        label: `means ${gateway}; the one of this name is in ${there}`,
        why: "A parentRef without a namespace means a Gateway of the route's own namespace (GW-05). What is attached to nothing routes nothing.",
        fix: `add ${quoted(`namespace: ${has[0]}`)} to the parentRef; the listener must take routes of ${quoted(object.namespace)} then (GW-04)`,
      };
    case 'no-listener':
      return {
        title: `${told}: ${gateway} has no listener ${quoted(asked)}`,
        label: `the listeners are ${there}${meantText}`,
        why: 'The sectionName of a parentRef is the name of a listener, and the route is attached to that one alone (GW-05).',
        fix: written('name a listener of the Gateway, or leave sectionName out: then all are meant'),
      };
    case 'no-port':
      return {
        title: `${told}: no listener of ${gateway} that it names is on port ${asked}`,
        label: `the port is ${has.join(' or ')}`,
        why: 'The port of a parentRef is that of a listener; with a sectionName beside it both must fit (GW-05).',
        fix: 'give the port of the listener, or leave it out',
      };
    case 'kind':
      return {
        title: `${told}: ${gateway} takes no ${asked} there`,
        label: `${listenersText(has)} no ${asked}`,
        why: 'A listener takes the kinds of routes that go with its protocol: HTTPRoute and GRPCRoute with HTTP and HTTPS, TLSRoute with TLS, TCPRoute with TCP, UDPRoute with UDP; and of these those that its allowedRoutes name (GW-04).',
        fix: `add a listener that takes ${asked}, or allow the kind`,
      };
    case 'namespace':
      return {
        title: `${told}: ${gateway} takes no routes of namespace ${quoted(asked)}`,
        label: `${listenersText(has)} no routes of ${quoted(asked)}`,
        why: 'A listener takes routes of its own namespace only, unless its allowedRoutes say otherwise (GW-04).',
        fix: 'allow the namespace at the listener: `allowedRoutes: { namespaces: { from: All } }`, or `from: Selector` with its labels',
      };
    case 'hostname':
      return {
        title: `${told}: no listener of ${gateway} is for ${listed(asked.split(', ').map(quoted))}`,
        label: `the listeners are for ${there}${meantText}`,
        why: 'Hostnames of a route count as far as those of the listener have them too; `*.example.com` is for any number of labels more, and not for `example.com` (GW-01).',
        fix: written('give the route a hostname of the listener, or the listener one of the route'),
      };
  }
}

/** E.g. `listener http takes`. */
function listenersText(names: readonly string[]): string {
  return `listener${names.length === 1 ? '' : 's'} ${listed(names.map(quoted))} ${names.length === 1 ? 'takes' : 'take'}`;
}

/** What of an almost right grant must change. */
const CHANGES = {
  namespace: 'move it to the namespace of what is referred to',
  from: 'name the kind and the namespace of what refers under `from`',
  to: 'name the kind and the name of what is referred to under `to`',
} as const;

function missingGrant({ object, target, targetGroup, almost }: LintOf<'PTL421'>): LintWording {
  const from = `{ group: gateway.networking.k8s.io, kind: ${object.kind}, namespace: ${object.namespace} }`;
  const to = `{ group: "${targetGroup}", kind: ${target.kind}, name: ${target.name} }`;
  const isRoute = object.kind.endsWith('Route');
  return {
    title: `${nameText(object)} may not refer to ${nameText(target)}: no ReferenceGrant in ${quoted(target.namespace)} allows it`,
    label:
      almost === undefined
        ? 'another namespace, which grants nothing'
        : `another namespace; ${nameText(almost)} grants something else`,
    why: `A reference into another namespace counts only where a ReferenceGrant of that namespace allows it (GW-10). ${isRoute ? 'Without one, requests for the backend are answered 500' : 'Without one, the listener has no certificate'}.`,
    fix:
      almost === undefined
        ? `in namespace ${quoted(target.namespace)} write a ReferenceGrant: ${quoted(`from: [${from}]`)}, ${quoted(`to: [${to}]`)}; where it is made elsewhere, nothing is wrong`
        : `mend ${nameText(almost)}: ${CHANGES[almost.problem]}`,
  };
}

function conflictingListeners(lint: LintOf<'PTL422'>): LintWording {
  const { object, listener, otherListener, takes, problem, twin } = lint;
  const isOwn = twin.kind === object.kind && twin.namespace === object.namespace && twin.name === object.name;
  const [mine, others] = takes;
  const other = `listener ${quoted(otherListener)}${isOwn ? '' : ` of ${nameText(twin)}`}`;
  return {
    title: `listener ${quoted(listener)} of ${nameText(object)} can't be told from ${other}`,
    label: problem === 'same' ? `both take ${mine}` : `${mine}, and there is ${others}`,
    why: `Listeners for HTTP, HTTPS and TLS must differ in port or hostname, those for TCP and UDP in port; on one port HTTP and TLS don't go together. ${isOwn ? 'Of those that conflict none takes anything' : 'One that a ListenerSet adds gives way'} (GW-03).`,
    fix: 'give one of them another port or hostname, or leave it out',
  };
}

function nameText({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${quoted(`${namespace}/${name}`)}`;
}
