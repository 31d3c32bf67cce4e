import { declaredPorts } from './app-ports';
import type { DnsAppProps, Sidecar } from './dns-app-props';
import { assertDnsLabel } from './names';
import type { Port } from './port';

/** A container of an app's pods, with the ports that it declares. */
export interface DeclaredContainer {
  readonly name: string;
  readonly ports: ReadonlyMap<string, Port>;
  /** Absent for the app's own. */
  readonly sidecar?: Sidecar;
}

/**
 * The containers that run side by side in an app's pods, its own first. What the app offers and a sidecar declares is the
 * sidecar's to listen on; no port is declared twice, as containers of a pod have one network (NET-07).
 *
 * @param app the construct path, for messages
 */
export function declaredContainers(
  app: string,
  name: string,
  ports: ReadonlyMap<string, Port>,
  { sidecars = {}, initContainers = [] }: Pick<DnsAppProps<string>, 'sidecars' | 'initContainers'>,
): readonly [DeclaredContainer, ...DeclaredContainer[]] {
  const beside = Object.entries<Sidecar>(sidecars).map(([own, sidecar]) => {
    assertDnsLabel(own, app);
    return { name: own, sidecar, ports: declaredPorts(`${app}, sidecar "${own}"`, sidecar.ports ?? {}, true) };
  });
  assertNames(app, [name, ...beside.map((each) => each.name), ...initContainers.map((each) => each.name)]);
  const owners = new Map<string, { readonly container: string; readonly port: string }>();
  for (const container of beside) {
    for (const [port, declared] of container.ports) {
      const offered = ports.get(port);
      if (offered && portText(offered) !== portText(declared)) {
        throw new Error(
          `Unable to declare port "${port}" of sidecar "${container.name}" (${app}): the app offers ${portText(offered)} by this ` +
            `name, and the sidecar listens on ${portText(declared)}. Give both one number, or call one of them otherwise.`,
        );
      }
      claim(app, owners, container.name, port, declared);
    }
  }
  const own = new Map([...ports].filter(([port]) => !beside.some((container) => container.ports.has(port))));
  for (const [port, declared] of own) claim(app, owners, name, port, declared);
  return [{ name, ports: own }, ...beside];
}

function claim(
  app: string,
  owners: Map<string, { readonly container: string; readonly port: string }>,
  container: string,
  port: string,
  declared: Port,
): void {
  for (const key of [portText(declared), port]) {
    const other = owners.get(key);
    if (other && other.container !== container) {
      throw new Error(
        `Unable to declare port "${port}" of container "${container}" (${app}): container "${other.container}" has ` +
          `${key === port ? 'one of this name' : `${key} as "${other.port}"`}, and containers of a pod have one network (NET-07).`,
      );
    }
    owners.set(key, { container, port });
  }
}

function assertNames(app: string, names: readonly string[]): void {
  const twin = names.find((name, i) => names.indexOf(name) < i);
  if (twin === undefined) return;
  throw new Error(
    `Unable to call two containers "${twin}" (${app}): containers of a pod differ in their names, and that of the app has the app's.`,
  );
}

function portText({ number, protocol }: Port): string {
  return `${number}/${protocol}`;
}
