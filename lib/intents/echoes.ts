import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { Breach } from './ways';

/** A stranger tells nothing new beside a declared pod that it could be, or a stranger of a wider kind, at either end. */
export function withoutEchoes(breaches: readonly Breach[], network: Network): readonly Breach[] {
  const sources = [...new Set(breaches.flatMap(({ pair }) => pair.source ?? []))];
  const targets = [...new Set(breaches.flatMap(({ pair }) => pair.target ?? []))];
  const isNews = (pod: PodGroup | undefined, all: readonly PodGroup[]) => !pod || !isEcho(pod, all, network);
  const news = breaches.filter(({ pair }) => isNews(pair.source, sources) && isNews(pair.target, targets));
  return news.length > 0 ? news : breaches;
}

function isEcho(pod: PodGroup, others: readonly PodGroup[], { cluster }: Network): boolean {
  const own = cluster.selectionOfStranger(pod);
  if (!own) return false;
  return others.some((other) => {
    const wider = cluster.selectionOfStranger(other);
    if (!wider) return own.pods.match(other.labels) === 'yes' && own.namespaces.match(other.namespace.labels) === 'yes';
    if (wider === own) return false;
    return own.pods.implies(wider.pods) && own.namespaces.implies(wider.namespaces);
  });
}
