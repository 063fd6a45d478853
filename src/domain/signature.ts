/** What a task takes and gives, from which the first versions of its prompt can be made. */
export interface TaskSignature {
  /** One sentence that says what is to be done. */
  readonly task: string;
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
}

export interface SignatureField {
  /** As in `{{name}}` for an input; the key of an output. */
  readonly name: string;
  readonly description?: string;
  /** Absent: text. A list holds the values there are. */
  readonly type?: 'text' | 'number' | 'boolean' | 'list' | 'object' | readonly string[];
}
