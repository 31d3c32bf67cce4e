import type { Connections } from '../../model/reach/connection';

/** One line a connection: `SRC => DST : CONN`. */
export function* mapText({ connections }: Connections): Iterable<string> {
  for (const { src, dst, traffic } of connections) yield `${src} => ${dst} : ${traffic}`;
}
