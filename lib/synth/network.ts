import type { Network as ModelOfNetwork } from '../model/network';
import { model } from './model';

/** The cluster's network as a pure function of manifests and a profile: to be asked without promising. */
export type Network = ModelOfNetwork;

/** Makes networks; the model is loaded by the first. */
export const Network: Pick<typeof ModelOfNetwork, 'from'> = {
  from: (...input) => model.network.Network.from(...input),
};
