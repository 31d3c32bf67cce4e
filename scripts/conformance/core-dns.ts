import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, QueryType } from '../../lib/model/dns/record';
import { Zone } from '../../lib/model/dns/zone';
import { Network } from '../../lib/model/network';
import { type SuiteResult, Tally } from './suite';
import { upstreamOf } from './upstream-zone';

interface Recording {
  readonly name: string;
  readonly corefile: string;
  readonly upstreamZone: string;
  readonly manifests?: readonly object[];
  readonly manifestsIn?: string;
  readonly queries: readonly {
    readonly qname: string;
    readonly qtype: QueryType;
    readonly rcode: string;
    /** `owner TYPE rdata` */
    readonly answers: readonly string[];
    /** `zone SOA`: who answered, for answers without records. */
    readonly authority?: readonly string[];
  }[];
}

/** Every answer that a real CoreDNS gave: its rcode, its records as a set, and the zone that it answered from. */
export async function coreDns(data: string): Promise<SuiteResult> {
  const tally = new Tally('answers of CoreDNS');
  const folder = join(data, 'recorded', 'dns');
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
  for (const file of readdirSync(folder).sort()) {
    const { corefile, upstreamZone, queries, ...recording } = read(file);
    const manifests = recording.manifests ?? read(recording.manifestsIn!).manifests!;
    const pods = /pods (\w+)/.exec(corefile)![1] as 'disabled';
    const { cluster } = Network.from(manifests, { dns: { pods } });
    const zone = new Zone(cluster, upstreamOf(upstreamZone));
    for (const query of queries) {
      const said = told(zone.answer(query.qname, query.qtype), query.answers.length === 0);
      const recorded = [query.rcode, authorityOf(query.authority), ...query.answers.map(withoutSerial).sort()].join(
        ', ',
      );
      tally.fact(
        `${file} ${query.qname} ${query.qtype}`,
        said === recorded ? undefined : `expected ${recorded}, got ${said}`,
      );
    }
  }
  return tally.result;
}

/** An answer in the words of the recordings. */
function told({ rcode, answers, zone }: Answer, isEmpty: boolean): string {
  const records = answers.map(({ name, type, data }) => withoutSerial(`${name} ${type} ${data}`));
  return [rcode, isEmpty ? absoluteZone(zone) : '', ...records.sort()].join(', ');
}

function absoluteZone(zone: string | undefined): string {
  return zone === undefined ? '.' : `${zone}.`;
}

function authorityOf([authority = '']: readonly string[] = []): string {
  return authority.replace(/ SOA$/, '').toLowerCase();
}

/** The serial of a zone is the time of the recording. */
function withoutSerial(record: string): string {
  return record.replace(/( SOA \S+ \S+) \d+/, '$1 serial');
}
