import type { Server } from 'node:http';

/** Something to spread into what a test uses: disposing of that ends all of these, one after another in their order. */
export function endingTogether(...parts: readonly AsyncDisposable[]): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      for (const part of parts) await part[Symbol.asyncDispose]();
    },
  };
}

/** Ends a server and whatever is still connected to it. */
export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
