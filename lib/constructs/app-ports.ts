import type { HealthCheck } from './dns-app-props';
import { assertPortName, didYouMean, quoted } from './names';
import { Port } from './port';

type NamedPort = readonly [name: string, port: Port];

/**
 * The declared ports by name, checked as the API server would, but at the line that declares them.
 *
 * @param app the construct path or host, for messages
 * @param translated whether a virtual address stands before the ports, so that clients may dial others (SVC-21)
 */
export function declaredPorts(
  app: string,
  declared: Readonly<Record<string, number | Port>>,
  translated: boolean,
): ReadonlyMap<string, Port> {
  const ports = Object.entries(declared).map(([name, port]): NamedPort => [name, Port.from(port)]);
  for (const [name, port] of ports) {
    assertPortName(name, app);
    if (!translated && port.service !== false && port.service !== port.number) {
      throw new Error(
        `Unable to map port ${port.service} to ${port.number} for "${name}" (${app}): nothing translates ports on this way. ` +
          `Leave \`service\` out; clients then dial ${port.number}.`,
      );
    }
  }
  assertDistinct(app, 'container port', ports, (port) => port.number);
  assertDistinct(app, 'Service port', ports, (port) => port.service);
  return new Map(ports);
}

function assertDistinct(
  app: string,
  what: string,
  ports: readonly NamedPort[],
  numberOf: (port: Port) => number | false,
) {
  const names = new Map<string, string>();
  for (const [name, port] of ports) {
    if (numberOf(port) === false) continue;
    const key = `${numberOf(port)}/${port.protocol}`;
    const other = names.get(key);
    if (other !== undefined) {
      throw new Error(`Unable to declare port "${name}" (${app}): "${other}" has ${what} ${key} already.`);
    }
    names.set(key, name);
  }
}

/** The port of this name; throws with what there is instead. */
export function portNamed<T>(app: string, ports: ReadonlyMap<string, T>, name: string): T {
  const port = ports.get(name);
  if (port !== undefined) return port;
  const names = [...ports.keys()];
  throw new Error(
    `Unable to find port "${name}" of app "${app}": its ports are ${quoted(names)}.${didYouMean(name, names)}`,
  );
}

/** Throws unless the health check asks a port that the app has. */
export function assertHealthCheck(
  app: string,
  ports: ReadonlyMap<string, Port>,
  check: HealthCheck<string> | undefined,
) {
  if (!check) return;
  const name = 'tcp' in check ? check.tcp : 'grpc' in check ? check.grpc : check.port;
  const { protocol } = portNamed(app, ports, name);
  if (protocol !== 'TCP') {
    throw new Error(`Unable to probe port "${name}" of app "${app}": it is ${protocol}, and probes connect by TCP.`);
  }
}
