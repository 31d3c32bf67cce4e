import type { RouteRule } from '../model/ingress/routing';
import type { IngressPath, IngressResource, IngressRule } from '../model/manifest/resources';
import { backendsMeant, type MeantBackend, portOfBackend } from './backends-meant';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { sendTo } from './fix-backend';
import { fieldChange, isYaml } from './fix-code';
import { sendRoute } from './fix-route';
import { editIngress, editPaths, pathOf } from './ingress-edits';
import { near } from './resolve';
import { constructVariable } from './words/variables';
import type { NamedBackend } from './words/words';
import { wordsOf } from './words/words-of';

/** ING-06, ING-10: a rule for what no rule takes: the nearest one widened, or one more. */
export function takeTheRequest(
  broken: Broken,
  { rule, nearest }: Cause & { code: 'PTL404' },
  context: FixContext,
): readonly Candidate[] {
  if (rule) return [...sendElsewhere(broken, rule, context), ...sendRoute(broken, rule, context)];
  return [
    ...widened(nearest?.rule, context),
    ...renamedHosts(broken, context),
    ...addedPaths(broken, undefined, context),
  ];
}

/** ING-08: a rule that goes before the one that wins; else what that one sends to. */
export function winTheRequest(
  broken: Broken,
  { rule }: Cause & { code: 'PTL405' },
  context: FixContext,
): readonly Candidate[] {
  return [
    ...addedPaths(broken, rule, context),
    ...(rule ? [...sendElsewhere(broken, rule, context), ...sendRoute(broken, rule, context)] : []),
  ];
}

function sendElsewhere(broken: Broken, rule: RouteRule, context: FixContext): readonly Candidate[] {
  const placed = pathOf(rule, context.resources);
  if (!placed) return [];
  const meant = backendsMeant(broken, placed.ingress.namespace, context);
  return meant.flatMap((backend) => sendTo(placed, backend, 'have the rule send to what is meant', context));
}

/** Exact has itself alone. */
function widened(rule: RouteRule | undefined, { resources }: FixContext): readonly Candidate[] {
  const { ingress, rule: own, path } = pathOf(rule, resources) ?? {};
  if (!ingress || !own || path?.pathType !== 'Exact') return [];
  const words = wordsOf(ingress.origin);
  const change = { remove: words.pathType('Exact'), add: words.pathType('Prefix') };
  const wider: IngressPath = { ...path, pathType: 'Prefix' };
  return [
    {
      fix: { summary: `take all that is below ${path.path}`, ...change },
      resources: editPaths(ingress, own, resources, (paths) => paths.map((each) => (each === path ? wider : each))),
    },
  ];
}

/** ING-01: a slip in the host of a rule. */
function renamedHosts({ route }: Broken, { resources }: FixContext): readonly Candidate[] {
  const wanted = route?.request.host;
  const ingresses = resources.filter((r): r is IngressResource => r.type === 'ingress');
  const hosts = ingresses.flatMap(({ rules }) => rules.flatMap(({ host }) => host ?? []));
  const meant = wanted === undefined || hosts.includes(wanted) ? undefined : near(wanted, hosts);
  if (wanted === undefined || meant === undefined) return [];
  return ingresses.flatMap((ingress) => {
    if (!ingress.rules.some(({ host }) => host === meant)) return [];
    const rules = ingress.rules.map((rule) => (rule.host === meant ? { ...rule, host: wanted } : rule));
    const change = fieldChange('host', [meant, wanted], isYaml(ingress.origin));
    return [
      {
        fix: { summary: 'name the host that clients ask', ...change },
        resources: editIngress(ingress, resources, { rules }),
      },
    ];
  });
}

/**
 * One more path for the very URL, in the Ingress that wins or in one that has the host: Prefix as paths mostly are, Exact
 * where that would take too much. Below a path that is the URL's own already, Exact alone goes before it (ING-08).
 */
function addedPaths(broken: Broken, winner: RouteRule | undefined, context: FixContext): readonly Candidate[] {
  const { request } = broken.route ?? {};
  if (!request) return [];
  const ingresses = context.resources.filter((r): r is IngressResource => r.type === 'ingress');
  const homes = ingresses.flatMap((ingress) =>
    ingress.rules
      .filter(({ host, paths }) => paths && host?.toLowerCase() === request.host)
      .map((rule) => ({ ingress, rule })),
  );
  const isWinner = (ingress: IngressResource) =>
    winner?.name === ingress.name && winner.namespace === ingress.namespace;
  const ordered = [
    ...homes.filter(({ ingress }) => isWinner(ingress)),
    ...homes.filter(({ ingress }) => !isWinner(ingress)),
  ];
  return ordered.flatMap(({ ingress, rule }) =>
    backendsMeant(broken, ingress.namespace, context)
      .slice(0, 1)
      .flatMap((meant) =>
        (['Prefix', 'Exact'] as const)
          .filter((pathType) => !rule.paths!.some((own) => own.path === request.path && own.pathType === pathType))
          .flatMap((pathType) => onePath(ingress, rule, { path: request.path, pathType }, meant, context)),
      ),
  );
}

function onePath(
  ingress: IngressResource,
  rule: IngressRule,
  { path, pathType }: { readonly path: string; readonly pathType: 'Prefix' | 'Exact' },
  meant: MeantBackend,
  { resources }: FixContext,
): readonly Candidate[] {
  const field = [
    ...['spec', 'rules'],
    ingress.rules.indexOf(rule),
    'http',
    'paths',
    rule.paths!.length,
    'backend',
    'service',
  ];
  const backend = { type: 'service' as const, name: meant.service.name, port: portOfBackend(meant), field };
  const own: IngressPath = { path, pathType, backend };
  const summary = `add a path for it to Ingress ${ingress.namespace}/${ingress.name}`;
  const resource = editPaths(ingress, rule, resources, (paths) => [...paths, own]);
  const add = pathWords(ingress, rule, own, { ...backend, service: meant.service });
  return add === undefined ? [] : [{ fix: { summary, add }, resources: resource, choice: 'add a path' }];
}

/** A path in the words of the author of its Ingress. */
function pathWords(
  { origin }: IngressResource,
  { host }: IngressRule,
  { path = '/', pathType }: IngressPath,
  backend: NamedBackend,
): string | undefined {
  return wordsOf(origin).path({ ingress: constructVariable(origin), host, path, pathType, backend });
}

/** ING-08: what the path takes goes to another rule, or is answered by the proxy itself. */
export function leavePathOut(
  { rule }: Cause & { code: 'PTL409' },
  { resources, network }: FixContext,
): readonly Candidate[] {
  const placed = pathOf(rule, resources);
  if (!placed) return [];
  const { ingress, rule: own, path, backend } = placed;
  // ING-11: a rule without paths means something else.
  if (!path || !own || !backend || own.paths?.length === 1) return [];
  const service = network.cluster.servicesIn(ingress.namespace).find((each) => each.name === backend.name);
  return [
    {
      fix: {
        summary: `leave the path out of Ingress ${ingress.namespace}/${ingress.name}`,
        remove: pathWords(ingress, own, path, { ...backend, service }),
      },
      resources: editPaths(ingress, own, resources, (paths) => paths.filter((each) => each !== path)),
    },
  ];
}
