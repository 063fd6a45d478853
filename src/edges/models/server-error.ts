import * as z from 'zod';
import { jsonIn } from '../../domain/parse-json.ts';
import type { ServerError } from './parameters.ts';
import type { Reply } from './transport.ts';

const envelope = z.looseObject({ error: z.unknown(), message: z.unknown() }).partial();
const errorBody = z.object({ message: z.unknown(), code: z.unknown(), type: z.unknown(), param: z.unknown() }).partial();

/**
 * What an error response says. Its body is a server's text: OpenAI's `{ error: { … } }`, older vLLM's bare `{ message }`, FastAPI's
 * `{ detail }`, a page, nothing; any part may be missing or of another type.
 */
export function readServerError({ status, text }: Pick<Reply, 'status' | 'text'>): ServerError {
  const parsed = envelope.safeParse(jsonIn(text)).data;
  const error = parsed?.error ?? (typeof parsed?.message === 'string' ? parsed : text);
  const { message, code, type, param } = errorBody.safeParse(error).data ?? { message: error };
  return { status, code: textOf(code) || textOf(type), param: textOf(param), message: textOf(message) };
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
