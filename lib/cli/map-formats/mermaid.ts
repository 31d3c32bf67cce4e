import type { Connections } from '../../model/reach/connection';
import { byNamespace, nodesOf, withoutNamespace } from './nodes';

/** A flowchart that code hosts draw; dotted arrows are unknown. */
export function* mapMermaid(map: Connections): Iterable<string> {
  const nodes = nodesOf(map);
  yield 'graph LR';
  let box = 0;
  for (const [namespace, labels] of byNamespace(nodes.keys())) {
    if (namespace !== '') yield `  subgraph ns${box++}["${namespace}"]`;
    for (const label of labels) yield `    ${nodes.get(label)}["${withoutNamespace(label)}"]`;
    if (namespace !== '') yield '  end';
  }
  for (const { src, dst, traffic } of map.connections) {
    yield `  ${nodes.get(src)} -->|"${traffic}"| ${nodes.get(dst)}`;
  }
  for (const { src, dst, traffic } of map.unknown) yield `  ${nodes.get(src)} -.->|"${traffic}"| ${nodes.get(dst)}`;
}
