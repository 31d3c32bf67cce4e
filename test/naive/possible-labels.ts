import { type ClusterDescription, namespacesOf, nodesOf } from './cluster';
import type { Labels } from './manifests';
import { type MentionedLabels, mentionedNamespaceLabels, mentionedNodeLabels } from './mentioned';
import { type End, isPod } from './world';

/** Both ends' namespaces with all the labels they may have; one namespace has the same labels at both ends. */
export function possibleNamespaces(cluster: ClusterDescription, ends: readonly End[]): Record<string, Labels>[] {
  const mentioned = mentionedNamespaceLabels(cluster);
  const declared = new Map(namespacesOf(cluster).map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  return possibleRecords(
    ends.filter(isPod).map(({ namespace }) => namespace),
    (namespace) => {
      const name = { 'kubernetes.io/metadata.name': namespace }; // NP-14
      const labels = declared.get(namespace);
      return labels === undefined ? extended(name, mentioned) : [{ ...labels, ...name }];
    },
  );
}

/** Likewise the nodes of those ends that are on the host network: no policy asks about the nodes of other pods. */
export function possibleNodeLabels(cluster: ClusterDescription, ends: readonly End[]): Record<string, Labels>[] {
  const mentioned = mentionedNodeLabels(cluster);
  const declared = new Map(nodesOf(cluster).map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  return possibleRecords(
    ends.filter(isPod).flatMap(({ hostNetwork, node }) => (hostNetwork ? [node] : [])),
    (node) => {
      const labels = declared.get(node);
      return labels === undefined ? extended({}, mentioned) : [labels];
    },
  );
}

/** All combinations of what each name may have. */
function possibleRecords(names: readonly string[], of: (name: string) => Labels[]): Record<string, Labels>[] {
  let records: Record<string, Labels>[] = [{}];
  for (const name of new Set(names)) {
    records = records.flatMap((record) => of(name).map((labels) => ({ ...record, [name]: labels })));
  }
  return records;
}

/** Under each mentioned key there may be nothing, a value that is mentioned, or one that is not. */
function extended(known: Labels, mentioned: MentionedLabels): Labels[] {
  let possibilities: Labels[] = [known];
  for (const [key, values] of mentioned) {
    if (!(key in known)) {
      possibilities = possibilities.flatMap((labels) => [
        labels,
        ...[...values, 'nobody-mentions-this'].map((value) => ({ ...labels, [key]: value })),
      ]);
    }
  }
  return possibilities;
}
