import { resolveBackend } from '../model/ingress/gateway/backends';
import type { RouteRule } from '../model/ingress/routing';
import { GATEWAY_GROUP as GROUP } from '../model/manifest/gateway-resource';
import type { BackendReference, Resource, RouteResource } from '../model/manifest/resources';
import { backendsMeant, type MeantBackend } from './backends-meant';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import { fieldsCode } from './fix-code';
import { freeName, inChartOf } from './free-id';
import { newReferenceGrant } from './new-resources';
import { wordsOf } from './words/words-of';

/** GW-11: the backends of the rule that takes the request: those that are none, else all of them, as what is meant. */
export function sendRoute(broken: Broken, rule: RouteRule | undefined, context: FixContext): readonly Candidate[] {
  const route = context.resources.find((r): r is RouteResource => isRoute(r) && isOf(rule, r));
  const own = route && rule?.index !== undefined ? route.rules[rule.index] : undefined;
  if (!route || !own) return [];
  const missing = own.backends.filter((each) => isMissing(each, route, context));
  const wrong = missing.length > 0 ? missing : own.backends;
  return wrong.flatMap((backend) => sendTo(backend, route, broken, context));
}

/** GW-09: likewise for whatever comes in by its port alone, where no rule tells which route was meant. */
export function sendConnections(broken: Broken, context: FixContext): readonly Candidate[] {
  const routes = context.resources.filter((r): r is RouteResource => r.type === 'connectionRoute');
  return routes.flatMap((route) =>
    route.rules.flatMap(({ backends }) =>
      backends
        .filter((each) => isMissing(each, route, context))
        .flatMap((backend) => sendTo(backend, route, broken, context)),
    ),
  );
}

function isRoute(resource: Resource): resource is RouteResource {
  return resource.type === 'httpRoute' || resource.type === 'grpcRoute' || resource.type === 'connectionRoute';
}

function isOf(rule: RouteRule | undefined, { kind, namespace, name }: RouteResource): boolean {
  return rule?.kind === kind && rule.namespace === namespace && rule.name === name;
}

/** It names a Service, or a port, that there is not; what lacks a grant is there. */
function isMissing(backend: BackendReference, route: RouteResource, { network }: FixContext): boolean {
  const resolved = resolveBackend(backend, route, network.cluster);
  return 'fault' in resolved ? resolved.fault === 'BackendNotFound' : 'elsewhere' in resolved;
}

function sendTo(
  backend: BackendReference,
  route: RouteResource,
  broken: Broken,
  context: FixContext,
): readonly Candidate[] {
  const { namespace = route.namespace } = backend;
  const meant = backendsMeant(broken, namespace, context).filter((each) => !isNamed(backend, each));
  return meant.flatMap(({ service, port }): readonly Candidate[] => {
    const words = wordsOf(route.origin);
    const add = words.routeBackend({ name: service.name, port: port.port, service }, backend);
    if (add === undefined) return [];
    const before = context.network.cluster.servicesIn(namespace).find(({ name }) => name === backend.name);
    const was = { name: backend.name, port: backend.port ?? port.port, service: before };
    const remove = words.routeBackend(was, { name: service.name, port: port.port });
    const summary = `have ${route.kind} ${route.namespace}/${route.name} send to what is meant`;
    const named: BackendReference = { ...backend, name: service.name, port: port.port };
    return [{ fix: { summary, remove, add }, resources: editBackend(route, backend, named, context), choice: summary }];
  });
}

function isNamed({ name, port }: BackendReference, meant: MeantBackend): boolean {
  return name === meant.service.name && port === meant.port.port;
}

function editBackend(
  route: RouteResource,
  from: BackendReference,
  to: BackendReference,
  { resources }: FixContext,
): readonly Resource[] {
  const rules = route.rules.map((rule) => ({
    ...rule,
    backends: rule.backends.map((each) => (each === from ? to : each)),
  }));
  return resources.map((r) => (r === route ? ({ ...route, rules } as RouteResource) : r));
}

/** GW-10: what lets objects of another namespace refer to what they name, where nothing does so. */
export function grantReferences({ resources, network }: FixContext): readonly Candidate[] {
  return network.lints().flatMap((lint): readonly Candidate[] => {
    if (lint.code !== 'PTL421') return [];
    const { object, target, targetGroup } = lint;
    const { namespace } = target;
    const wanted = `${object.kind.toLowerCase()}s-of-${object.namespace}`;
    const name = freeName(wanted, { kind: 'ReferenceGrant', namespace }, resources);
    const from = { group: GROUP, kind: object.kind, namespace: object.namespace };
    const to = { group: targetGroup, kind: target.kind, name: target.name };
    const grant = newReferenceGrant({ name, namespace, from: [from], to: [to] });
    const add = wordsOf(lint.origin).inYaml
      ? [
          '---',
          `apiVersion: ${GROUP}/v1beta1`,
          'kind: ReferenceGrant',
          `metadata: { name: ${name}, namespace: ${namespace} }`,
          'spec:',
          `  from: [${fieldsCode(from, true)}]`,
          `  to: [${fieldsCode(to, true)}]`,
        ].join('\n')
      : inChartOf(
          namespace,
          `new ReferenceGrant(this, '${name}', { from: [${fieldsCode({ kind: from.kind, namespace: from.namespace }, false)}], to: [${fieldsCode({ kind: to.kind, name: to.name }, false)}] });`,
        );
    const summary = `let ${object.kind}s of ${object.namespace} refer to ${target.kind} ${namespace}/${target.name}`;
    return [{ fix: { summary, add }, resources: [...resources, grant] }];
  });
}
