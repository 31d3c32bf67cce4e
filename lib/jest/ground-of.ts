import { Construct, type IConstruct } from 'constructs';
import { AppAddress } from '../constructs/app-port';
import { Network } from '../files/network';
import { ENDPOINT } from '../intents/endpoint';
import { HOME } from '../intents/home';
import { appGround } from './app-ground';
import type { Ground } from './ground';

type Home = IConstruct | Network;

/**
 * The app, or the network of files, that the subject or the arguments of a matcher are part of.
 *
 * @throws with advice where there is none, or more than one
 */
export function groundOf(values: readonly unknown[]): Ground {
  const [home, ...others] = new Set(values.flatMap((value) => homesOf(value)));
  if (home === undefined) {
    throw new Error(
      "Unable to tell which network is meant: neither the subject nor an argument is part of one, and namespace('shop') and " +
        "the like are in every cluster. Write expect(inNetworkOf(chart, namespace('shop'))).",
    );
  }
  if (others.length > 0) {
    throw new Error(
      'Unable to compare what is in two networks: the subject and the arguments are of different apps or files, each of which ' +
        'stands for a cluster of its own.',
    );
  }
  return home instanceof Network ? networkGround(home) : appGround(home);
}

/** What was read from files promises nothing by itself. */
function networkGround({ input, textOf }: Network): Ground {
  return { input: { ...input, intents: [] }, sources: { positionOf: ({ position }) => position, readSource: textOf } };
}

/** The root of each tree, and each network, that the value or a part of it is in. */
function homesOf(value: unknown): readonly Home[] {
  if (Construct.isConstruct(value)) return [value.node.root];
  if (value instanceof Network) return [value];
  if (Array.isArray(value)) return value.flatMap(homesOf);
  if (value instanceof AppAddress) return value.ports.flatMap(homesOf);
  if (typeof value !== 'object' || value === null) return [];
  if (HOME in value) return homesOf(value[HOME]);
  return ENDPOINT in value ? [] : Object.values(value).flatMap(homesOf);
}
