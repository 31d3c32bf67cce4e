import { Construct } from 'constructs';
import { Network } from '../files/network';
import { networkOf } from '../synth/network-of';
import { attempt } from './attempt';
import { connectivityOf, Lines } from './connectivity';
import { type Context, failure, hintOf, type Result } from './matcher';

const NAME = 'toMatchConnectivitySnapshot';

/** What jest and vitest offer for snapshots, as far as it is used here. */
export interface SnapshotExpect {
  (actual: unknown): { toMatchSnapshot(hint?: string): unknown };
  addSnapshotSerializer(serializer: { test(value: unknown): boolean; serialize(value: Lines): string }): void;
}

/** The matcher for connections, on the snapshots of the runner: `-u`, `--ci` and obsolete ones are its own matter. */
export function connectivitySnapshots(expect: SnapshotExpect) {
  expect.addSnapshotSerializer({ test: (value) => value instanceof Lines, serialize: ({ text }) => text });
  return {
    toMatchConnectivitySnapshot(this: Context, subject: unknown, hint?: string): Result {
      if (this.isNot) return failure(this, hintOf(this, NAME), 'A snapshot has no opposite: leave `.not` out.');
      const found = attempt(() => connectionsOf(subject));
      if ('problem' in found) return failure(this, hintOf(this, NAME), found.problem);
      const assertion = expect(found);
      // jest takes an `undefined` in the first place for properties.
      if (hint === undefined) assertion.toMatchSnapshot();
      else assertion.toMatchSnapshot(hint);
      return { pass: true, message: () => hintOf(this, NAME) };
    },
  };
}

/** All connections of an app or a network; of a chart, or any other construct, those from or to what it made. */
function connectionsOf(subject: unknown): Lines {
  if (subject instanceof Network) return connectivityOf(subject);
  if (!Construct.isConstruct(subject)) {
    throw new Error('Unable to list connections: this is no app, no chart and no network. Give one of them.');
  }
  const network = networkOf(subject);
  const { path } = subject.node;
  if (path === '') return connectivityOf(network);
  const made = [...new Set(network.cluster.madeBy(path).pods.map(({ workload }) => workload))];
  if (made.length > 0) return connectivityOf(network, made);
  throw new Error(`Unable to list connections: the construct \`${path}\` makes no pod.`);
}
