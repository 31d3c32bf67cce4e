import type { LabelSelector } from '../model/values/label-selector';
import { near } from './resolve';

/** The declared label nearest to what a selector asks for and nobody has, as `key=value`. */
export function nearestLabel(
  selector: LabelSelector,
  labels: readonly ReadonlyMap<string, string>[],
): string | undefined {
  const declared = [...new Set(labels.flatMap((known) => [...known].map(([key, value]) => `${key}=${value}`)))];
  for (const requirement of selector.requirements) {
    for (const value of requirement.values) {
      const wanted = `${requirement.key}=${value}`;
      const best = declared.includes(wanted) ? undefined : near(wanted, declared);
      if (best) return best;
    }
  }
  return undefined;
}
