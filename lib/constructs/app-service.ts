import type { AppPort } from './app-port';
import { portNamed } from './app-ports';
import type { DnsAppProps } from './dns-app-props';
import type { Exposure } from './exposure';
import { Service } from './service';
import type { ServicePortProps } from './service-props';
import { APP_PODS, type HasAppPods } from './service-selector';

/** An app as its Services know it. */
export interface ServedApp extends HasAppPods {
  readonly name: string;
}

/** The Services of an app inside the cluster. */
export interface AppServices {
  /** By the name of the app; none when no port is in it. */
  readonly own?: Service;
  /** The headless one that the pods of a StatefulSet have their names below (DNS-06). */
  readonly governing?: Service;
}

/** Makes the Services by which an app is known in the cluster. @param labels of the objects */
export function serveApp(
  app: ServedApp,
  labels: Readonly<Record<string, string>>,
  props: DnsAppProps<string>,
): AppServices {
  const { name } = app;
  const { publishNotReadyAddresses } = props;
  const served = [...app[APP_PODS].ports.values()].filter((port) => port.dialled !== undefined);
  const isStateful = props.kind === 'StatefulSet';
  if (served.length === 0 && !isStateful) return {};

  const common = { selector: app, labels: { ...labels }, publishNotReadyAddresses };
  const headless = { ...common, headless: true, ports: portsByName(served, containerPort) } as const;
  const isHeadless = ('headless' in props ? props.headless : undefined) ?? isStateful;
  if (isHeadless || served.length === 0) {
    const own = new Service<string>(app, 'Service', { ...headless, name });
    return { own, governing: isStateful ? own : undefined };
  }
  const own = new Service<string>(app, 'Service', { ...common, name, ports: portsByName(served, servicePort) });
  return {
    own,
    governing: isStateful ? new Service<string>(app, 'PodsService', { ...headless, name: `${name}-pods` }) : undefined,
  };
}

/** Makes the Services of an app that is offered outside the cluster. @param labels of the objects */
export function exposeApp(
  app: ServedApp,
  labels: Readonly<Record<string, string>>,
  exposures: readonly Exposure<string>[],
): readonly Service[] {
  return exposures.map((exposure, i) => {
    const { name = `${app.name}-external`, ports: _, nodePorts = {}, ...props } = exposure;
    const exposed = exposedPorts(app, exposure);
    const byName = new Map(exposed.map((port) => [port.name, port]));
    for (const port of Object.keys(nodePorts)) portNamed(app.node.path, byName, port);
    const ports = portsByName(exposed, servicePort, nodePorts);
    const id = i === 0 ? 'ExternalService' : `ExternalService-${name}`;
    return new Service<string>(app, id, { ...props, name, labels: { ...labels }, selector: app, ports });
  });
}

/** The ports that the app offers outside the cluster: all of its Service unless it lists them. */
export function exposedPorts(app: ServedApp, { ports: listed }: Exposure<string>): readonly AppPort[] {
  const { path } = app.node;
  const { ports } = app[APP_PODS];
  const exposed = listed
    ? listed.map((name) => portNamed(path, ports, name))
    : [...ports.values()].filter((port) => port.dialled !== undefined);
  if (exposed.length === 0) throw new Error(`Unable to expose app "${path}": it has no port in a Service.`);
  return exposed;
}

function portsByName(
  ports: readonly AppPort[],
  numberOf: (port: AppPort) => number,
  nodePorts: Readonly<Partial<Record<string, number>>> = {},
): Readonly<Record<string, ServicePortProps>> {
  return Object.fromEntries(
    ports.map((port) => [port.name, { port: numberOf(port), targetPort: port, nodePort: nodePorts[port.name] }]),
  );
}

/** INVARIANT: an app declares its container ports by number. */
function containerPort({ target }: AppPort): number {
  return Number(target);
}

function servicePort(port: AppPort): number {
  return port.dialled ?? containerPort(port);
}
