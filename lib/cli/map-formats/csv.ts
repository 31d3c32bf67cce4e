import type { Connections } from '../../model/reach/connection';

/** RFC 4180 with a header; traffic of several protocols has commas and is quoted. */
export function* mapCsv({ connections }: Connections): Iterable<string> {
  yield 'src,dst,conn';
  for (const { src, dst, traffic } of connections) yield [src, dst, traffic.toString()].map(cell).join(',');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
