import type { IngressPath, IngressResource } from '../model/manifest/resources';
import { backendsMeant, type MeantBackend, portOfBackend } from './backends-meant';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import { isApp, isYaml, valueCode, variableOf } from './fix-code';
import { meantBy } from './fix-target';
import { freeName, inChartOf } from './free-id';
import { newIngress } from './new-resources';
import type { Resolved } from './resolve';
import { apiWords } from './words/api';

/** ING-01: an Ingress for the host, in the namespace of the Service that is meant (ING-14). */
export function makeIngress(broken: Broken, context: FixContext): readonly Candidate[] {
  const { resources, network } = context;
  const target = meantBy(broken, context);
  const namespace = target?.pods[0]?.namespace.name ?? target?.services[0]?.namespace;
  const host = broken.route?.request.host;
  const [meant] = namespace === undefined ? [] : backendsMeant(broken, namespace, context);
  if (namespace === undefined || host === undefined || !meant) return [];
  const { service } = meant;
  const classes = new Set(network.cluster.ingressControllers.map(({ controller }) => controller.className));
  const field = ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service'];
  const backend = { type: 'service' as const, name: service.name, port: portOfBackend(meant), field };
  const path: IngressPath = { path: '/', pathType: 'Prefix', backend };
  const rules = [{ host, paths: [path] }];
  const ingress = newIngress({ name: service.name, namespace, className: [...classes][0], rules });
  const add = isYaml(service.origin)
    ? ingressYaml(ingress, apiWords(true).path({ ...path, ingress: '', path: '/', backend })!)
    : ingressProgram(ingress, target!, meant, freeName('edge', ingress, resources));
  const isTaken = resources.some((r) => r.type === 'ingress' && r.namespace === namespace && r.name === service.name);
  if (isTaken || classes.size > 1 || add === undefined) return [];
  return [{ fix: { summary: 'route the host by an Ingress', add }, resources: [...resources, ingress] }];
}

function ingressYaml({ name, namespace, className, rules: [{ host }] }: IngressResource, path: string): string {
  return [
    '---',
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    `metadata: { name: ${name}, namespace: ${namespace} }`,
    'spec:',
    ...(className === undefined ? [] : [`  ingressClassName: ${className}`]),
    '  rules:',
    `    - host: ${valueCode(host!, true)}`,
    '      http:',
    '        paths:',
    ...path.split('\n').map((line) => `          ${line}`),
  ].join('\n');
}

/** An app gives its ports by name; what others made has no words for that. */
function ingressProgram(
  { namespace, rules: [{ host }] }: IngressResource,
  { pods }: Resolved,
  { port }: MeantBackend,
  id: string,
) {
  const [pod] = pods;
  const name = pod?.ports.find((own) => own.name === port.targetPort || own.port === port.targetPort)?.name;
  const app = pod && isApp(pod) ? variableOf(pod) : undefined;
  if (app === undefined || name === undefined) return undefined;
  return inChartOf(
    namespace,
    `new Ingress(this, '${id}', { host: '${host}', routes: { '/': ${app}.port('${name}') } });`,
  );
}
