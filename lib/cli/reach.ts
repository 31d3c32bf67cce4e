import { type Command, InvalidArgumentError, Option } from 'commander';
import { reasonOf } from '../diagnostics/reason';
import type { InputFault } from '../model/finding/input-fault';
import type { Network } from '../model/network';
import type { Flow } from '../model/reach/flow';
import type { Verdict } from '../model/reach/verdict';
import { PROTOCOLS, type Protocol } from '../model/values/traffic-set';
import { ExitCode } from './exit-code';
import { type Asked, type FlowText, isPortName, isPortNumber, resolveFlow } from './flow-text';
import { type FiledFlow, readFlows } from './flows-file';
import type { Io } from './io';
import { loadNetwork } from './load';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { BadUsage, Faults } from './refusal';
import { verdictJson } from './verdict-json';
import { verdictText } from './verdict-text';

interface DialledPort {
  readonly port: number | string;
  readonly protocol?: Protocol;
}

interface ReachOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly port?: DialledPort;
  readonly by?: Flow['by'];
  readonly expect?: 'allowed' | 'denied';
  readonly flows?: string;
  readonly o: 'text' | 'json';
}

/** `portolan reach PATH...`: whether a flow gets through, hop by hop; or many flows in one run. */
export function addReach(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('reach')
    .description('Whether a flow gets through, and which rule decides.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .option('--from <endpoint>', 'who sends: ns/pod, ns/name, ns/name[Kind], node/NAME or an IP address')
    .option('--to <endpoint>', 'who receives: likewise, or service/ns/name')
    .option('--port <port[/protocol]>', 'a number or the name of a port; TCP unless said otherwise', parsePort)
    .addOption(
      new Option('--by <way>', 'how the receiver is dialled (default: podIP; name for a Service)').choices([
        'name',
        'service',
        'podIP',
      ]),
    )
    .option('--flows <file>', 'many flows in one run, in place of --from, --to and --port')
    .addOption(new Option('--expect <outcome>', 'exit with 1 unless this is the answer').choices(['allowed', 'denied']))
    .addOption(new Option('-o <format>', 'what to print').choices(['text', 'json']).default('text'));
  withCommonOptions(command).action(async (paths: string[], options: ReachOptions) => {
    const answer = options.flows === undefined ? answerOne : answerMany;
    exit(await answer(paths, options, io));
  });
}

async function answerOne(paths: readonly string[], options: ReachOptions, io: Io): Promise<number> {
  const text = flowOf(options);
  const [verdict] = answersTo([{ text, asked: COMMAND_LINE }], paths, options, io, new Faults());
  const lines = options.o === 'json' ? [JSON.stringify(verdictJson(verdict), null, 2)] : verdictText(verdict);
  await deliver(lines, options.output, io);
  if (options.expect === undefined || options.expect === verdict.outcome) return ExitCode.answered;
  io.stderr(`expected ${options.expect}, but the flow is ${verdict.outcome}\n`);
  return ExitCode.unexpected;
}

async function answerMany(paths: readonly string[], options: ReachOptions, io: Io): Promise<number> {
  for (const single of ['from', 'to', 'port', 'by', 'expect'] as const) {
    if (options[single] !== undefined)
      throw new BadUsage(`--${single} is of one flow and makes no sense beside --flows`);
  }
  const faults = new Faults();
  const verdicts = answersTo(readFlows(options.flows ?? '', io.files, faults), paths, options, io, faults);
  await deliver(options.o === 'json' ? verdictsJson(verdicts) : verdicts.map(reasonOf), options.output, io);
  return ExitCode.answered;
}

/** The verdicts in the order of the flows, or a refusal that tells all that is wrong. */
function answersTo(
  flows: readonly FiledFlow[],
  paths: readonly string[],
  options: CommonOptions,
  io: Io,
  faults: Faults,
): readonly Verdict[] {
  const load = loadNetwork(paths, options, io, faults);
  faults.refuse();
  const network: Network = load();
  const unresolved: InputFault[] = [];
  const resolved = flows.flatMap(
    ({ text, asked }) => resolveFlow(text, network, options.ipFamily, asked, unresolved) ?? [],
  );
  faults.add(unresolved);
  faults.refuse();
  return resolved.map((flow) => network.walk(flow));
}

/** One document, a line a verdict. */
function* verdictsJson(verdicts: readonly Verdict[]): Iterable<string> {
  yield '{"verdicts":[';
  for (const [i, verdict] of verdicts.entries()) {
    yield `${JSON.stringify(verdictJson(verdict))}${i < verdicts.length - 1 ? ',' : ''}`;
  }
  yield ']}';
}

const COMMAND_LINE: Asked = { nameOf: (field) => `--${field}`, originOf: () => ({}) };

function flowOf({ from, to, port, by }: ReachOptions): FlowText {
  if (from !== undefined && to !== undefined && port !== undefined) return { from, to, ...port, by };
  const missing = Object.entries({ from, to, port }).flatMap(([name, value]) =>
    value === undefined ? `--${name}` : [],
  );
  throw new BadUsage(`a flow needs ${missing.join(' and ')} (or --flows FILE for many)`);
}

function parsePort(text: string): DialledPort {
  const [port, protocol, ...surplus] = text.split('/');
  const known = PROTOCOLS.find((name) => name === protocol?.toUpperCase());
  const isNumber = /^\d+$/.test(port);
  if (surplus.length > 0 || (protocol !== undefined && !known)) {
    // NP-27, SVC-29: what becomes of it is nobody's to say.
    const open = /^icmp/i.test(protocol) ? ' ICMP has no ports, and neither policies nor Services speak of it.' : '';
    throw new InvalidArgumentError(`The protocol is one of ${PROTOCOLS.join(', ')}.${open}`);
  }
  if (!(isNumber ? isPortNumber(Number(port)) : isPortName(port))) {
    throw new InvalidArgumentError('A port is a number from 1 to 65535, or the name of a port.');
  }
  return { port: isNumber ? Number(port) : port, protocol: known };
}
