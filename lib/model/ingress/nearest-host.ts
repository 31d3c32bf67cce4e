import { nearest } from '../values/nearest';

/** The host that was meant: one that differs by a slip in one label, for whole labels in common say little. */
export function nearestHost(host: string, candidates: readonly string[]): string | undefined {
  const labels = host.split('.');
  return candidates.find((candidate) => {
    const others = candidate.split('.');
    const differing = labels.flatMap((label, i) => (label === others[i] ? [] : [i]));
    const [only] = differing;
    return (
      labels.length === others.length && differing.length === 1 && nearest(labels[only], [others[only]]) !== undefined
    );
  });
}
