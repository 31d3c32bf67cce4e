import type { IConstruct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';
import { didYouMean, quoted } from './names';
import { Port } from './port';

/** What a container has of the pods that it is in. */
export interface ContainerOf {
  /** What makes the pods. */
  readonly home: IConstruct;
  readonly pods: EndpointRef;
  /** The ports that it declares, by name. @default - the manifest will tell */
  readonly ports?: ReadonlyMap<string, Port>;
}

/**
 * One container of a pod, to promise about. Others in its pod get to it by localhost, whatever policies say; to everybody else it
 * is its pod, whose address it shares (NET-07).
 */
export class AppContainer implements HasEndpoint {
  /** @internal */
  constructor(
    readonly name: string,
    private readonly of: ContainerOf,
  ) {}

  get [ENDPOINT](): EndpointRef {
    return { kind: 'container', of: this.of.pods, name: this.name };
  }

  get [HOME](): IConstruct {
    return this.of.home;
  }

  /** One port that it listens on. @param port its name, or a number, which is a TCP port */
  port(port: string | number | Port): HasEndpoint {
    const ref: EndpointRef = { kind: 'port', of: this[ENDPOINT], ...this.named(port) };
    return Object.freeze({ [ENDPOINT]: Object.freeze(ref), [HOME]: this[HOME] });
  }

  private named(port: string | number | Port): Pick<EndpointRef & { kind: 'port' }, 'port' | 'protocol'> {
    if (typeof port !== 'string') {
      const { number, protocol } = Port.from(port);
      return { port: number, protocol };
    }
    const { ports, home } = this.of;
    if (!ports) return { port };
    const declared = ports.get(port);
    if (declared) return { port, protocol: declared.protocol };
    const names = [...ports.keys()];
    throw new Error(
      `Unable to find port "${port}" of container "${this.name}" of "${home.node.path}": ` +
        `its ports are ${quoted(names)}.${didYouMean(port, names)}`,
    );
  }
}
