import { type Command, InvalidArgumentError, Option } from 'commander';
import { problemOfName } from '../model/dns/name';
import { QUERY_TYPES, type QueryType } from '../model/dns/record';
import type { Resolution } from '../model/dns/resolve';
import { RESOLVERS, type Resolver } from '../model/dns/resolver';
import type { InputFault } from '../model/finding/input-fault';
import type { Network } from '../model/network';
import { nearest } from '../model/values/nearest';
import { ExitCode } from './exit-code';
import { nearestEndpoint } from './flow-text';
import type { Io } from './io';
import { loadNetwork } from './load';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { BadUsage, Faults } from './refusal';
import { resolutionJson } from './resolution-json';
import { resolutionText } from './resolution-text';

interface ResolveOptions extends CommonOptions {
  readonly type: QueryType;
  readonly from?: string;
  readonly resolver?: Resolver;
  readonly o: 'text' | 'json';
}

/** `portolan resolve PATH... NAME`: what a name means to a pod, or to the cluster's DNS itself. */
export function addResolve(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('resolve')
    .description("What a name means to a pod, or to the cluster's DNS itself.")
    .usage('[options] <path...> <name>')
    .argument('<path...>', 'files or folders of manifests, or - for standard input; the last word is the name')
    .option('--type <type>', `what to ask for: one of ${QUERY_TYPES.join(', ')}`, parseType, 'A')
    .option('--from <pod>', 'who asks: ns/pod, ns/name or ns/name[Kind]; without it there is no search list')
    .addOption(
      new Option('--resolver <name>', 'that of the program (default: any of glibc, musl and go)').choices(RESOLVERS),
    )
    .addOption(new Option('-o <format>', 'what to print').choices(['text', 'json']).default('text'));
  withCommonOptions(command).action(async (words: string[], options: ResolveOptions) => {
    await deliver(answer(words, options, io), options.output, io);
    exit(ExitCode.answered);
  });
}

function answer(words: readonly string[], options: ResolveOptions, io: Io): Iterable<string> {
  const [paths, name] = [words.slice(0, -1), words.at(-1)!];
  if (paths.length === 0) throw new BadUsage('a name is looked up in manifests: resolve needs a path and a name');
  if (options.resolver && options.from === undefined) {
    throw new BadUsage('--resolver is that of a pod and makes no sense without --from');
  }
  const faults = new Faults();
  const load = loadNetwork(paths, options, io, faults);
  const problem = problemOfName(name);
  if (problem !== undefined) faults.add([faultOf('NAME', name, problem, 'a name such as api.shop.svc.cluster.local')]);
  faults.refuse();
  const resolution = ask(load(), name, options, faults);
  return options.o === 'json'
    ? [JSON.stringify(resolutionJson(resolution), null, 2)]
    : resolutionText(resolution, options.from);
}

function ask(network: Network, name: string, { type, from, resolver }: ResolveOptions, faults: Faults): Resolution {
  if (from !== undefined) checkAsker(from, network, faults);
  faults.refuse();
  return network.resolve({ name, types: [type], from, resolver });
}

function checkAsker(from: string, network: Network, faults: Faults): void {
  const parsed = network.endpoint(from);
  if (!parsed.ok) {
    const { problem, expected, near } = parsed;
    const didYouMean = nearestEndpoint(from, near);
    faults.add([{ ...faultOf('--from', from, problem, expected), code: 'PTL017', didYouMean }]);
  } else if (parsed.endpoint.type !== 'pods') {
    const problem = 'only pods have a resolver that the manifests tell';
    faults.add([faultOf('--from', from, problem, 'ns/pod, ns/name or ns/name[Kind]')]);
  }
}

function faultOf(field: string, got: string, problem: string, expected: string): InputFault {
  return { code: 'PTL016', field, got, problem, expected, origin: {} };
}

function parseType(text: string): QueryType {
  const known = QUERY_TYPES.find((type) => type === text.toUpperCase());
  if (known) return known;
  const meant = nearest(text, QUERY_TYPES);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(`Allowed are ${QUERY_TYPES.join(', ')}.${hint}`);
}
