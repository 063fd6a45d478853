/** What `visible` shows by name: control characters, line separators, bidi controls and everything else that takes no space. */
const unseen =
  /(?!\n|\t|\u200c|\u200d|\ufe0e|\ufe0f)(?:\p{Cc}|[\u2028\u2029]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb])/gu;

function name(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * The text as it can be looked at: line ends are `\n`, lone surrogates U+FFFD, and whatever would act on a terminal, reorder text or
 * hide in it stands there by name (`␛`, `<U+202E>`), as in https://trojansource.codes. Joiners and emoji variation selectors stay.
 */
export const visible = (text: string): string =>
  text
    .replace(/\r\n/g, '\n')
    .replace(/\p{Surrogate}/gu, '�')
    .replace(unseen, name);
