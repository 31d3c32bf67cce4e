import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyFolder } from '../support/folder';
import { freePorts } from './free-ports';

/** How a server is told what to do. */
export interface Recipe {
  /** Files of the configuration by name, in the folder that the server gets; it listens on the ports. */
  files(folder: string, ports: readonly number[]): Readonly<Record<string, string>>;
  /** That keep it in the foreground, as one process. */
  arguments(folder: string): readonly string[];
  readonly ports: number;
}

export interface RunningServer {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** Where a server is installed; `undefined` where it is not. Those of servers are not in every user's PATH. */
export function installed(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * Runs the server until its input ends, so that it goes with whoever started it, however that one ends; and ends when it does.
 * Of a job in the background the shell would take the input away.
 */
const GUARD = 'exec 3<&0; "$@" & server=$!; { cat <&3 >/dev/null; kill "$server" 2>/dev/null; } & wait "$server"';

/** Starts a server on free ports of 127.0.0.1. Another may take such a port first: then there is a second try, and a third. */
export async function start(binary: string, recipe: Recipe, tries = 3): Promise<RunningServer> {
  const folder = emptyFolder();
  const ports = await freePorts(recipe.ports);
  for (const [name, text] of Object.entries(recipe.files(folder, ports))) writeFileSync(join(folder, name), text);
  const child = spawn('sh', ['-c', GUARD, 'sh', binary, ...recipe.arguments(folder)], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  let running = true;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running = false;
      // The guard still waits for the end of the input.
      child.stdin.end();
      resolve();
    });
  });
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  for (const deadline = Date.now() + 10_000; running && Date.now() < deadline; await pause(20)) {
    const listening = await Promise.all(ports.map(accepts));
    if (running && listening.every(Boolean)) return { ports, stop };
  }
  await stop();
  if (tries > 1) return start(binary, recipe, tries - 1);
  throw new Error(`${binary} does not start:\n${complaints}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
