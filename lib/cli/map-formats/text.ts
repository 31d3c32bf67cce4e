import type { ConnectivityMap } from '../../model/reach/connectivity-map';

/** One line a connection: `SRC => DST : CONN`. */
export function* mapText({ connections }: ConnectivityMap): Iterable<string> {
  for (const { src, dst, traffic } of connections) yield `${src} => ${dst} : ${traffic}`;
}
