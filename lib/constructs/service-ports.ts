import { PROTOCOLS, type Protocol } from '../model/values/traffic-set';
import { type AppPort, isAppPort } from './app-port';
import { assertDnsLabel, assertPortName, didYouMean } from './names';
import { assertPortNumber } from './port';
import type { AnyServiceProps, DeclaredServicePort, ServicePortProps } from './service-props';
import { appOf, type HasAppPods, targetOnApp } from './service-selector';

/** A port of a Service with nothing left open. */
export interface ServicePortFacts {
  readonly name: string;
  /** What clients dial. */
  readonly port: number;
  /** As it is to stand in the manifest. */
  readonly targetPort: number | string;
  /** What the pods listen on, as far as it is known. */
  readonly target: number | string;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly nodePort?: number;
  /** The port of the app that it leads to, whose policy lets users in. */
  readonly behind?: AppPort;
}

/** The ports of a Service, checked as the API server would, but at the line that declares them. */
export function servicePorts(path: string, props: AnyServiceProps): readonly ServicePortFacts[] {
  const app = appOf(props.selector);
  const ports = Object.entries(props.ports ?? {}).map(([name, declared]): ServicePortFacts => {
    assertDnsLabel(name, `a port of Service "${path}"`);
    return portFacts(path, name, written(path, name, declared), app);
  });
  assertNoneTwice(path, ports, 'port', ({ port, protocol }) => `${port}/${protocol}`);
  assertNoneTwice(path, ports, 'node port', ({ nodePort, protocol }) => nodePort && `${nodePort}/${protocol}`);
  if (props.headless) for (const port of ports) assertUntranslated(path, port);
  return ports;
}

/** The short forms spelt out. */
function written(path: string, name: string, declared: DeclaredServicePort): ServicePortProps {
  if (typeof declared === 'number') return { port: declared };
  if (isAppPort(declared)) {
    const port = declared.dialled ?? declared.target;
    if (typeof port === 'number') return { port, targetPort: declared };
    throw new Error(
      `Unable to offer port "${declared.name}" of ${declared.owner.label} in Service "${path}": nobody says under which number. ` +
        'Write { port, targetPort }.',
    );
  }
  if (!('number' in declared)) return declared;
  const { service, number, protocol, appProtocol } = declared;
  if (service !== false) return { port: service, targetPort: number, protocol, appProtocol };
  throw new Error(`Unable to offer port "${name}" in Service "${path}": it was declared with \`service: false\`.`);
}

function portFacts(path: string, name: string, given: ServicePortProps, app: HasAppPods | undefined): ServicePortFacts {
  const { port, nodePort } = given;
  assertPortNumber(port);
  if (nodePort !== undefined) assertPortNumber(nodePort);
  assertProtocol(path, given.protocol);
  const behind = app ? targetOnApp(app, given) : portOf(given.targetPort);
  if (behind && given.protocol !== undefined && given.protocol !== behind.protocol) {
    throw new Error(
      `Unable to lead ${port}/${given.protocol} of Service "${path}" to port "${behind.name}" of ${behind.owner.label}: ` +
        `it is ${behind.protocol}, and a Service translates numbers, not protocols (SVC-07).`,
    );
  }
  const target = behind?.target ?? checkedTarget(path, given);
  return {
    name,
    port,
    // Apps name all of their ports, and the name stays right when the number changes.
    targetPort: app && behind ? behind.name : target,
    target,
    protocol: given.protocol ?? behind?.protocol ?? 'TCP',
    appProtocol: given.appProtocol ?? behind?.appProtocol,
    nodePort,
    behind: app && behind,
  };
}

function portOf(target: ServicePortProps['targetPort']): AppPort | undefined {
  return isAppPort(target) ? target : undefined;
}

function checkedTarget(path: string, { port, targetPort = port }: ServicePortProps): number | string {
  if (typeof targetPort === 'number') assertPortNumber(targetPort);
  else if (typeof targetPort === 'string') assertPortName(targetPort, `a targetPort of Service "${path}"`);
  else
    throw new Error(
      `Unable to lead a port of Service "${path}" to ${String(targetPort)}: give a number, a name, or a port of an app.`,
    );
  return targetPort;
}

function assertProtocol(path: string, protocol: Protocol | undefined): void {
  if (protocol === undefined || PROTOCOLS.includes(protocol)) return;
  throw new Error(
    `Unable to use "${protocol}" as the protocol of a port of Service "${path}": it is one of ${PROTOCOLS.join(', ')}.` +
      didYouMean(protocol, PROTOCOLS),
  );
}

/** SVC-21. */
function assertUntranslated(path: string, { name, port, target }: ServicePortFacts): void {
  if (typeof target === 'string' || target === port) return;
  throw new Error(
    `Unable to map port ${port} to ${target} for "${name}" in headless Service "${path}": its name stands for the pods' own ` +
      `addresses, and nobody translates ports (SVC-21). Offer ${target}, which clients then dial.`,
  );
}

function assertNoneTwice(
  path: string,
  ports: readonly ServicePortFacts[],
  what: string,
  keyOf: (port: ServicePortFacts) => string | number | undefined,
): void {
  const names = new Map<string | number, string>();
  for (const port of ports) {
    const key = keyOf(port);
    if (key === undefined || key === 0) continue;
    const other = names.get(key);
    if (other !== undefined) {
      throw new Error(
        `Unable to declare port "${port.name}" of Service "${path}": "${other}" has ${what} ${key} already (SVC-09).`,
      );
    }
    names.set(key, port.name);
  }
}
