import { type Command, Option } from 'commander';
import { openWaysIn } from '../intents/open-ways-in';
import { workloadLabel } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { Connections, UnknownConnection } from '../model/reach/connection';
import { ExitCode } from './exit-code';
import { exposureJson } from './exposure-formats/json';
import { exposureText } from './exposure-formats/text';
import type { ToldExposure } from './exposure-formats/told';
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
import { BadUsage, Faults } from './refusal';

const FORMATS: Readonly<Record<string, (map: Connections) => Iterable<string>>> = {
  text: mapText,
  json: mapJson,
  csv: mapCsv,
  markdown: mapMarkdown,
  mermaid: mapMermaid,
  dot: mapDot,
};

const EXPOSURE_FORMATS: Readonly<Record<string, (exposures: readonly ToldExposure[]) => Iterable<string>>> = {
  text: exposureText,
  json: exposureJson,
};

interface MapOptions extends CommonOptions {
  readonly o: string;
  readonly by: 'podIP' | 'service' | 'name';
  readonly exposure?: boolean;
}

/** `portolan map PATH...`: who may connect to whom, by policy. */
export function addMap(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('map')
    .description('Who may connect to whom, by policy: one line a connection.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .addOption(new Option('-o <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'))
    .addOption(
      new Option('--by <way>', 'to pods, or to Services: through their address, or after the lookup of their name')
        .choices(['podIP', 'service', 'name'])
        .default('podIP'),
    )
    .option('--exposure', 'whom each workload is open to beyond what is declared: strangers, addresses, ways in');
  withCommonOptions(command).action(async (paths: string[], options: MapOptions) => {
    if (options.exposure) {
      if (options.by !== 'podIP') throw new BadUsage('--exposure speaks of pods, and --by of Services');
      await deliver(exposureLines(paths, options, io), options.output, io);
      exit(ExitCode.answered);
      return;
    }
    const map = mapOf(paths, options, io);
    await deliver(FORMATS[options.o](map), options.output, io);
    const unknown = [...map.unknown];
    if (unknown.length > 0) io.stderr(`${unknownLine(unknown, options.o)}\n`);
    exit(ExitCode.answered);
  });
}

function mapOf(paths: readonly string[], { by, ...options }: MapOptions, io: Io): Connections {
  const { ipFamily } = options;
  if (by === 'podIP') return networkOf(paths, options, io).map(ipFamily && [ipFamily]);
  if (ipFamily !== undefined) throw new BadUsage('a map of Services speaks of the families that each Service has');
  return networkOf(paths, options, io).serviceMap(by);
}

function networkOf(paths: readonly string[], options: CommonOptions, io: Io): Network {
  const faults = new Faults();
  const network = loadNetwork(paths, options, io, faults);
  faults.refuse();
  return network();
}

function exposureLines(paths: readonly string[], options: MapOptions, io: Io): Iterable<string> {
  const format = EXPOSURE_FORMATS[options.o];
  if (!format) throw new BadUsage(`--exposure is printed as ${Object.keys(EXPOSURE_FORMATS).join(' or ')}`);
  if (options.ipFamily !== undefined) throw new BadUsage('--exposure speaks of all address families at once');
  return format(exposuresOf(networkOf(paths, options, io)));
}

function exposuresOf(network: Network): readonly ToldExposure[] {
  const workloads = new Map(network.cluster.workloads.map((workload) => [workloadLabel(workload), workload]));
  return network.exposure().map((exposure) => {
    const workload = workloads.get(exposure.workload);
    return { ...exposure, open: workload ? openWaysIn(workload, network) : [] };
  });
}

function unknownLine(unknown: readonly UnknownConnection[], format: string): string {
  const rules = [...new Set(unknown.flatMap(({ because }) => because.map((doubt) => doubt.rule)))].sort().join(', ');
  const count = unknown.length === 1 ? '1 connection is' : `${unknown.length} connections are`;
  return `${count} unknown and not listed as certain (${rules}); ${format === 'json' ? '`unknown`' : '`-o json`'} says what would decide each`;
}
