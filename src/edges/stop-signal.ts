let listening: AbortSignal | undefined;

/**
 * Fires on the first SIGINT or SIGTERM, so that what is known can still be said; a second one of the same name ends the process. The same
 * signal for the whole process.
 */
export function stopSignal(): AbortSignal {
  listening ??= listen();
  return listening;
}

function listen(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
