import { Construct, type IConstruct } from 'constructs';
import { AppAddress } from '../constructs/app-port';
import { ENDPOINT } from '../intents/endpoint';
import { HOME } from '../intents/home';
import { appGround } from './app-ground';
import type { Ground } from './ground';

/**
 * The app that the subject or the arguments of a matcher are part of.
 *
 * @throws with advice where there is none, or more than one
 */
export function groundOf(values: readonly unknown[]): Ground {
  const homes = new Set(values.flatMap((value) => homesOf(value)));
  const [home, ...others] = homes;
  if (home === undefined) {
    throw new Error(
      "Unable to tell which app is meant: neither the subject nor an argument is a construct, and namespace('shop') and the " +
        "like are in every cluster. Write expect(inNetworkOf(chart, namespace('shop'))), with inNetworkOf of 'portolan/jest'.",
    );
  }
  if (others.length > 0) {
    throw new Error(
      'Unable to compare what is in two apps: the subject and the arguments are in different trees of constructs, and each ' +
        'stands for a cluster of its own.',
    );
  }
  return appGround(home);
}

/** The root of each tree that the value, or a part of it, is in. */
function homesOf(value: unknown): readonly IConstruct[] {
  if (Construct.isConstruct(value)) return [value.node.root];
  if (Array.isArray(value)) return value.flatMap(homesOf);
  if (value instanceof AppAddress) return value.ports.flatMap(homesOf);
  if (typeof value !== 'object' || value === null) return [];
  if (HOME in value) return homesOf(value[HOME]);
  return ENDPOINT in value ? [] : Object.values(value).flatMap(homesOf);
}
