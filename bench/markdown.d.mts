/** A table in Markdown; what is missing is a dash. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string;

/** A promise's relation and value, as people write it. */
export function promised(target: string): string;

/** Whether it was kept. */
export function kept(met: boolean): string;
