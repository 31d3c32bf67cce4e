import { Construct, type IConstruct } from 'constructs';
import type { AppPort } from './app-port';
import { portNamed } from './app-ports';
import { workloadsOf } from './policy-peers';
import type { ServicePortProps, ServiceSelector } from './service-props';

/** The mark by which an app (of any copy of this library) offers its pods and ports to Services. */
export const APP_PODS: unique symbol = Symbol.for('portolan.appPods') as never;

/** The pods of an app as a Service has to know them. */
export interface AppPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: ReadonlyMap<string, AppPort>;
}

/** An app that offers its pods. */
export interface HasAppPods extends IConstruct {
  readonly [APP_PODS]: AppPods;
}

/** The app that the selector is, if it is one. */
export function appOf(selector: ServiceSelector | undefined): HasAppPods | undefined {
  const isApp = typeof selector === 'object' && selector !== null && APP_PODS in selector;
  return isApp ? (selector as HasAppPods) : undefined;
}

/** The labels of the pods; not before synth for constructs that may still change. Throws where a Service can't select them. */
export function selectorLabels(
  service: { readonly path: string; readonly namespace: string },
  selector: ServiceSelector,
): Readonly<Record<string, string>> {
  const app = appOf(selector);
  if (app) return labelsIn(service, app[APP_PODS].namespace, app[APP_PODS].labels);
  if (!Construct.isConstruct(selector))
    return checkedLabels(service.path, selector as Readonly<Record<string, string>>);
  const [pods, ...more] = workloadsOf(selector, 'Give the labels of the pods.');
  const { path } = selector.node;
  if (more.length > 0) {
    throw new Error(
      `Unable to send Service "${service.path}" to "${path}": it made ${more.length + 1} workloads. Give one of them, or labels.`,
    );
  }
  if (pods.selector.matchExpressions) {
    throw new Error(
      `Unable to send Service "${service.path}" to "${path}": its pods are selected by expressions, and a Service knows labels ` +
        'with one value only (SVC-02). Give the labels of the pods.',
    );
  }
  return labelsIn(service, pods.namespace, checkedLabels(service.path, pods.selector.matchLabels ?? {}));
}

function labelsIn(
  service: { readonly path: string; readonly namespace: string },
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (namespace === service.namespace) return labels;
  throw new Error(
    `Unable to send Service "${service.path}" to pods of namespace "${namespace}": a Service selects pods of its own ` +
      `namespace "${service.namespace}" only (SVC-03). Create it in the chart of those pods.`,
  );
}

function checkedLabels(path: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(labels).length > 0) return labels;
  throw new Error(
    `Unable to create Service "${path}": an empty selector selects nothing, the reverse of an empty one in a policy (SVC-02). ` +
      'Give labels, or `endpoints`.',
  );
}

/** The port of the app that a port of its Service leads to; throws for one that the app does not declare. */
export function targetOnApp(app: HasAppPods, given: ServicePortProps): AppPort {
  const { ports } = app[APP_PODS];
  const { path } = app.node;
  const target = given.targetPort ?? given.port;
  if (typeof target === 'string') return portNamed(path, ports, target);
  if (typeof target === 'object') return ownPort(path, ports, target);
  const protocol = given.protocol ?? 'TCP';
  const declared = [...ports.values()];
  const found = declared.find((port) => port.target === target && port.protocol === protocol);
  if (found) return found;
  const known = declared.map((port) => `${port.name} ${port.target}/${port.protocol}`).join(', ') || 'none';
  const [like] = declared;
  const advice = like ? ` Write e.g. { port: ${given.port}, targetPort: app.port('${like.name}') }.` : '';
  throw new Error(
    `Unable to lead port ${given.port} to ${target}/${protocol} of app "${path}": it declares no such port; its ports are ${known}. ` +
      `A port that leads nowhere else leads to the same number (SVC-01).${advice}`,
  );
}

function ownPort(path: string, ports: ReadonlyMap<string, AppPort>, target: AppPort): AppPort {
  if ([...ports.values()].includes(target)) return target;
  throw new Error(
    `Unable to lead a Service of app "${path}" to port "${target.name}" of ${target.owner.label}: ` +
      'a Service leads to the pods that it selects, and to no others.',
  );
}
