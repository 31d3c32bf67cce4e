import type { Connection, Connections, UnknownConnection } from '../../model/reach/connection';

/** One document, a line a connection, so that two maps can be compared line by line. See `schemas/map.schema.json`. */
export function* mapJson({ connections, unknown }: Connections): Iterable<string> {
  yield* list('{"connections":[', connections, connectionJson);
  yield* list('],"unknown":[', unknown, unknownJson);
  yield ']}';
}

function connectionJson({ src, dst, traffic }: Connection): object {
  return { src, dst, conn: traffic.toString() };
}

function unknownJson(connection: UnknownConnection): object {
  const because = connection.because.map(({ rule, wouldDecide }) => ({ rule, wouldDecide }));
  return { ...connectionJson(connection), because };
}

function* list<T>(head: string, items: Iterable<T>, toJson: (item: T) => object): Iterable<string> {
  yield head;
  let before: string | undefined;
  for (const item of items) {
    if (before !== undefined) yield `${before},`;
    before = JSON.stringify(toJson(item));
  }
  if (before !== undefined) yield before;
}
