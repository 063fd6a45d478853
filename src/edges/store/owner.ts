import { hostname } from 'node:os';

/** A process that writes a file. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

export const self = (): Owner => ({ host: hostname(), pid: process.pid });

/** On another computer nothing of this one's is alive: its folder was brought here. */
export function isAlive({ host, pid }: Owner): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
