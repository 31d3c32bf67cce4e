import { absolute, isWithin } from '../../lib/model/dns/name';
import type { Answer, DnsRecord, QueryType, Upstream } from '../../lib/model/dns/record';

/** An authoritative server of the root zone alone, from the text of its zone file: the upstream of the recordings. */
export function upstreamOf(zoneText: string): Upstream {
  const records = zoneText.split('\n').flatMap(recordOf);
  return (name, type) => answer(records, name, type);
}

function recordOf(line: string): readonly DnsRecord[] {
  const [owner, type, ...data] = line.trim().split(/\s+/);
  if (type === undefined || owner.startsWith('$')) return [];
  return [{ name: owner === '@' ? '.' : absolute(owner), type: type as QueryType, data: data.join(' ') }];
}

function answer(records: readonly DnsRecord[], name: string, type: QueryType): Answer {
  const own = records.filter((record) => record.name === name.toLowerCase());
  const answers = own.filter((record) => record.type === type).map((record) => ({ ...record, name }));
  const alias = type === 'CNAME' ? undefined : own.find((record) => record.type === 'CNAME');
  if (answers.length === 0 && alias?.data) {
    const next = answer(records, absolute(alias.data), type);
    return { ...next, answers: [{ ...alias, name }, ...next.answers] };
  }
  // A name is there when it has records or names below it have some.
  const exists = records.some((record) => isWithin(record.name, name));
  return { rcode: exists ? 'NOERROR' : 'NXDOMAIN', answers, doubts: [] };
}
