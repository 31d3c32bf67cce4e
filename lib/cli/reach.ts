import type { Command } from 'commander';
import type { Io } from './io';
export function addReach(_p: Command, _io: Io, _e: (code: number) => void): void {}
