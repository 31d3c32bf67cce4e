import type { FilesArguments } from '../files/from-files';
import type { Network as NamedNetwork } from '../files/network';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import type { Manifest } from '../model/finding/origin';
import { model } from './model';

/** The cluster's network as a pure function of manifests and a profile: to be asked without promising. */
export type Network = NamedNetwork;

/** Makes networks; the model is loaded by the first. */
export const Network = {
  /**
   * @param manifests Kubernetes objects as plain JSON, or with their origins
   * @param profile what the cluster itself does @default - the neutral conformant cluster
   * @throws InvalidInputError when something can't be understood
   */
  from: (manifests: Iterable<Manifest | object>, profile?: ClusterProfileSpec): Network =>
    model.network.Network.from(manifests, profile),

  /**
   * @param args files, folders (every file below that is named as YAML or JSON), and options after them
   * @throws InvalidInputError whose message tells every fault with file, line and column
   */
  fromFiles: (...args: FilesArguments): Network => model.files.networkFromFiles(...args),
};
