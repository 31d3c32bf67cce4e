import { type Command, Option } from 'commander';
import type { ConnectivityMap, UnknownConnection } from '../model/reach/connectivity-map';
import { ExitCode } from './exit-code';
import type { Io } from './io';
import { loadNetwork } from './load';
import { mapCsv } from './map-formats/csv';
import { mapDot } from './map-formats/dot';
import { mapJson } from './map-formats/json';
import { mapMarkdown } from './map-formats/markdown';
import { mapMermaid } from './map-formats/mermaid';
import { mapText } from './map-formats/text';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { Faults } from './refusal';

const FORMATS: Readonly<Record<string, (map: ConnectivityMap) => Iterable<string>>> = {
  text: mapText,
  json: mapJson,
  csv: mapCsv,
  markdown: mapMarkdown,
  mermaid: mapMermaid,
  dot: mapDot,
};

interface MapOptions extends CommonOptions {
  readonly o: string;
}

/** `portolan map PATH...`: who may connect to whom, by policy. */
export function addMap(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('map')
    .description('Who may connect to whom, by policy: one line a connection.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .addOption(new Option('-o <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'));
  withCommonOptions(command).action(async (paths: string[], options: MapOptions) => {
    const map = mapOf(paths, options, io);
    await deliver(FORMATS[options.o](map), options.output, io);
    const unknown = [...map.unknown];
    if (unknown.length > 0) io.stderr(`${unknownLine(unknown)}\n`);
    exit(ExitCode.answered);
  });
}

function mapOf(paths: readonly string[], options: CommonOptions, io: Io): ConnectivityMap {
  const faults = new Faults();
  const network = loadNetwork(paths, options, io, faults);
  faults.refuse();
  return network().map(options.ipFamily && [options.ipFamily]);
}

function unknownLine(unknown: readonly UnknownConnection[]): string {
  const rules = [...new Set(unknown.flatMap(({ because }) => because.map((doubt) => doubt.rule)))].sort().join(', ');
  const count = unknown.length === 1 ? '1 connection is' : `${unknown.length} connections are`;
  return `${count} unknown and not listed as certain (${rules}); \`-o json\` says what would decide each`;
}
