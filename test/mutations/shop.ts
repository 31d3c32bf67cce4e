import { Testing } from 'cdk8s';
import { Cni, Network, PodNetwork, type PodNetworkProps } from 'portolan';
import { OnlineBoutique } from '../../examples/online-boutique/online-boutique';
import { type CheckReport, check } from '../../lib/intents/check';
import type { Manifest } from '../../lib/model/finding/origin';
import type { Connections } from '../../lib/model/reach/connection';
import { collectEmitted } from '../../lib/synth/collect';
import { checkInput } from '../../lib/synth/verify';

const calico: PodNetworkProps = {
  cni: Cni.calico({ encapsulation: 'VXLAN' }),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
};

const app = Testing.app();
new PodNetwork(app, 'network', calico);
new OnlineBoutique(app);
const input = checkInput(app, collectEmitted(app));

/** What the example emits, each object with the construct that made it. */
export const SHOP: readonly Manifest[] = input.manifests;

/** Judges the promises of the example, those of its `uses` among them, on other manifests than its own. */
export function judge(manifests: readonly Manifest[]): CheckReport {
  return check({ ...input, manifests });
}

/** All that can be said of who gets where, line by line: two clusters with the same lines connect alike. */
export function connectivity(manifests: readonly Manifest[]): readonly string[] {
  const network = Network.from(manifests, calico);
  return [
    ...linesOf('by address', network.map()),
    ...linesOf('by name', network.serviceMap('name')),
    ...network.exposure().map(({ doors, ...exposure }) => {
      // By which of several doors somebody gets to a port is no part of who gets where.
      return `exposure ${plain({ ...exposure, doors: [...new Set(doors.map(({ port }) => port))] })}`;
    }),
  ];
}

function linesOf(by: string, { connections, unknown }: Connections): readonly string[] {
  return [
    ...[...connections].map(({ src, dst, traffic }) => `${by} ${src} => ${dst} : ${traffic}`),
    ...[...unknown].map(({ src, dst, traffic }) => `${by} ${src} => ${dst} : perhaps ${traffic}`),
  ];
}

/** Sets as their canonical text. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isSet(part) ? part.toString() : part));
}

function isSet(part: unknown): part is { toString(): string } {
  return typeof part === 'object' && part !== null && part.constructor !== Object && !Array.isArray(part);
}
