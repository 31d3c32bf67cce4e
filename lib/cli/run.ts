import { Command, CommanderError } from 'commander';
import { renderFaults } from '../diagnostics/fault-text';
import { addCheck } from './check';
import { ExitCode } from './exit-code';
import { addExplain } from './explain';
import { addFirewall } from './firewall';
import type { Io } from './io';
import { addMap } from './map';
import { addReach } from './reach';
import { BadUsage, RefusedInput } from './refusal';
import { addResolve } from './resolve';
import { addRoute } from './route';

/** Runs the command with its arguments (without `node` and the script) and gives its exit code. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await execute(argv, io);
  } catch (error) {
    return explain(error, io);
  }
}

async function execute(argv: readonly string[], io: Io): Promise<number> {
  let code: number = ExitCode.answered;
  let help = '';
  const program = new Command('portolan')
    .description('Checks Kubernetes manifests for what their network lets through.')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: io.stderr,
    })
    .showHelpAfterError('(see --help)');
  const exit = (to: number) => {
    code = to;
  };
  addCheck(program, io, exit);
  addMap(program, io, exit);
  addReach(program, io, exit);
  addResolve(program, io, exit);
  addRoute(program, io, exit);
  addFirewall(program, io);
  addExplain(program, io);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } finally {
    if (help !== '') await io.stdout(help);
  }
  return code;
}

function explain(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.answered : ExitCode.refused;
  if (error instanceof RefusedInput) {
    io.stderr(renderFaults(error.faults, error.textOf, io.glyphs));
    return ExitCode.refused;
  }
  if (error instanceof BadUsage) {
    io.stderr(`error: ${error.message}\n`);
    return ExitCode.refused;
  }
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  io.stderr(
    `internal error: ${message} - please report it with the command and its input (PORTOLAN_DEBUG=1 shows where)\n`,
  );
  if (io.debug && error instanceof Error) io.stderr(`${error.stack}\n`);
  return ExitCode.internalError;
}

function version(): string {
  // The package refers to itself by name, which holds in the source tree and in what is published.
  const { version } = require('portolan/package.json') as { version: string };
  return version;
}
