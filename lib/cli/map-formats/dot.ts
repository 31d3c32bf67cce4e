import type { Connections } from '../../model/reach/connection';
import { byNamespace, nodesOf, withoutNamespace } from './nodes';

/** A Graphviz drawing with a cluster a namespace; dashed arrows are unknown. */
export function* mapDot(map: Connections): Iterable<string> {
  const nodes = nodesOf(map);
  yield 'digraph {';
  let box = 0;
  for (const [namespace, labels] of byNamespace(nodes.keys())) {
    if (namespace !== '') yield `  subgraph cluster_${box++} { label="${namespace}"`;
    for (const label of labels) yield `    ${nodes.get(label)} [label="${withoutNamespace(label)}" shape=box]`;
    if (namespace !== '') yield '  }';
  }
  for (const { src, dst, traffic } of map.connections) {
    yield `  ${nodes.get(src)} -> ${nodes.get(dst)} [label="${traffic}"]`;
  }
  for (const { src, dst, traffic } of map.unknown) {
    yield `  ${nodes.get(src)} -> ${nodes.get(dst)} [label="${traffic}" style=dashed]`;
  }
  yield '}';
}
