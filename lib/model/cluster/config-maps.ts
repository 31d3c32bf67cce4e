import type { ConfigMapResource } from '../manifest/resources';
import { rememberedOf } from '../values/remembered';
import type { Cluster } from './cluster';

/** The ConfigMap of a name, where the manifests have it. */
export function configMapOf(cluster: Cluster, namespace: string, name: string): ConfigMapResource | undefined {
  return byName(cluster).get(`${namespace}/${name}`);
}

const byName = rememberedOf(
  ({ resources }: Cluster) =>
    new Map(
      resources
        .filter((each): each is ConfigMapResource => each.type === 'configMap')
        .map((each) => [`${each.namespace}/${each.name}`, each]),
    ),
);
