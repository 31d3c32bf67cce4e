import { type Glyphs, glyphsFor } from '../diagnostics/glyphs';
import { ExitCode } from './exit-code';
import { type InputIo, nodeIo } from './input/files';

/** What a run of the command needs of the world. */
export interface Io {
  /** Takes a part of the answer; resolves when more may follow. */
  readonly stdout: (text: string) => Promise<void>;
  /** Takes warnings and errors. */
  readonly stderr: (text: string) => void;
  readonly files: InputIo;
  /** What frames are drawn with. @default - ASCII, which every terminal can show */
  readonly glyphs?: Glyphs;
  /** Whether internal errors show their stack. */
  readonly debug: boolean;
}

/** The process's own streams. A reader that leaves early, such as `head`, ends the process without a word. */
export function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`error: the answer cannot be written (${error.code})\n`);
    process.exit(ExitCode.refused);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => process.exit());
  return {
    stdout: (text) => write(process.stdout, text),
    stderr: (text) => void process.stderr.write(text),
    files: nodeIo,
    glyphs: glyphsFor(process.env),
    debug: (process.env.PORTOLAN_DEBUG ?? '') !== '',
  };
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.write(text)) resolve();
    else stream.once('drain', resolve);
  });
}
